using DklActors.Messages.Frames;

namespace DklActors.Physics.Scalarizers;

/// <summary>What a recipe says of a scalarizer.</summary>
/// <param name="Kind">One of <see cref="ScalarizerCatalog.Kinds"/>.</param>
/// <param name="Windows">
/// Energy windows, as many as the kind needs; a ratio is first over second, a value needs none.
/// </param>
/// <param name="SaturationCounts">Counts per channel from which the detector no longer counts; null: unknown.</param>
public sealed record ScalarizerSpec(
    string Kind, IReadOnlyList<EnergyWindow> Windows, double? SaturationCounts = null)
{
    /// <summary>
    /// Checks the specification against the energy axis of the instrument (null where it takes patterns or values).
    /// </summary>
    /// <returns>What is wrong, where, and what to do; null when the scalarizer can be made and used.</returns>
    public string? Validate(EnergyAxis? axis)
    {
        if (ScalarizerCatalog.ProblemOf(this) is { } problem)
        {
            return problem;
        }

        if (Kind == RecordedValue.Kind)
        {
            return axis is null
                ? null
                : $"Scalarizer {Kind} takes recorded values, and this instrument takes spectra ({axis}); choose a data "
                    + "set of values or a scalarizer for spectra.";
        }

        if (axis is null)
        {
            return $"Scalarizer {Kind} needs spectra, and this instrument takes diffraction patterns or values; choose "
                + $"a data set of spectra, or the scalarizer {RecordedValue.Kind} for values.";
        }

        foreach (EnergyWindow window in Windows)
        {
            if (!axis.Covers(window))
            {
                return $"Scalarizer {Kind}: the window {window} does not lie on the energy axis ({axis}); "
                    + $"choose bounds within {axis.Origin} .. {axis.Last} that hold at least one channel.";
            }
        }

        return null;
    }
}
