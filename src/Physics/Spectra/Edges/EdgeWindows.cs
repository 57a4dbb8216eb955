using DklActors.Physics.Scalarizers;

namespace DklActors.Physics.Spectra.Edges;

/// <summary>Windows of an edge have to stand in order.</summary>
internal static class EdgeWindows
{
    public static string? ProblemOf(ScalarizerSpec spec) =>
        spec.Get(SpectrumParameters.Background).Low < spec.Get(SpectrumParameters.Window).Low
            ? null
            : $"the background's window {spec.Get(SpectrumParameters.Background)} has to begin before the edge's, "
                + $"{spec.Get(SpectrumParameters.Window)}";
}
