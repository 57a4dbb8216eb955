using DklActors.Host.Recipes.Sections;

namespace DklActors.Host.Reporting;

/// <summary>Scalarizers in words.</summary>
internal static class ScalarizerLabel
{
    public static string ToLabel(this ScalarizerSection section) => section.Kind switch
    {
        ScalarizerKind.BandMean => $"mean of {section.Window}",
        ScalarizerKind.BandSum => $"sum of {section.Window}",
        ScalarizerKind.PeakMaximum => $"maximum of {section.Window}",
        ScalarizerKind.WindowRatio => $"{section.Window} over {section.Reference}",
        _ => section.Kind.ToString(),
    };
}
