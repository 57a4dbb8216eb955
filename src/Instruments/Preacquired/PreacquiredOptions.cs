using DklActors.Instruments.Virtual;
using DklActors.Messages.Units;

namespace DklActors.Instruments.Preacquired;

/// <summary>How recorded data are played back.</summary>
/// <param name="Counts">As recorded, or drawn anew for another dose.</param>
/// <param name="BeamCurrent">Probe current, for the dose ledger only; the frames do not depend on it.</param>
/// <param name="Seed">Source of counting noise and probe errors.</param>
public sealed record PreacquiredOptions(CountsMode Counts, BeamCurrent BeamCurrent, long Seed)
{
    public ProbeErrors Probe { get; init; } = ProbeErrors.None;

    /// <summary>How the sample moves under the scan; what moves in over the rim is what was recorded there.</summary>
    public SampleDrift Drift { get; init; } = SampleDrift.None;

    /// <summary>Noise that each scan adds to the structural image, in standard deviations of the image.</summary>
    public double SurveyNoise { get; init; }

    /// <exception cref="ArgumentException">The factor or the current is no positive number.</exception>
    internal void Validate()
    {
        if (Counts is CountsMode.Scaled { Factor: var factor } && !(factor > 0 && double.IsFinite(factor)))
        {
            throw new ArgumentException($"Counts cannot be scaled by {factor}; give a positive number.");
        }

        if (!(BeamCurrent.Picoampere > 0 && double.IsFinite(BeamCurrent.Picoampere)))
        {
            throw new ArgumentException($"A beam current of {BeamCurrent} makes no sense; give a positive one.");
        }
    }
}
