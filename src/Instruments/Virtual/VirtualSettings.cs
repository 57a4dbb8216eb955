using DklActors.Messages.Units;

namespace DklActors.Instruments.Virtual;

/// <summary>What all virtual microscopes need to know.</summary>
/// <param name="Seed">Source of every random number.</param>
/// <param name="Current">Probe current, for the dose.</param>
/// <param name="Errors">How the probe misses.</param>
/// <param name="TruthDwell">The exposure whose expected counts are the truth.</param>
internal sealed record VirtualSettings(long Seed, BeamCurrent Current, ProbeErrors Errors, TimeSpan TruthDwell)
{
    public SampleDrift Drift { get; init; } = SampleDrift.None;

    /// <summary>Noise of each scan of the structural image, in standard deviations of the image.</summary>
    public double SurveyNoise { get; init; }
}
