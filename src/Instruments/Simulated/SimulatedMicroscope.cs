using DklActors.Instruments.Ports;
using DklActors.Instruments.Virtual;
using DklActors.Messages.Frames;

namespace DklActors.Instruments.Simulated;

/// <summary>
/// A microscope looking at a sample whose every property is known: structure predicts the physics, which is what an
/// experiment has to find out.
/// </summary>
public sealed class SimulatedMicroscope : VirtualMicroscope, IKnownQuantities
{
    /// <exception cref="ArgumentException">An option makes no sense, or the sample cannot be made.</exception>
    public SimulatedMicroscope(SimulationOptions options, VirtualTiming timing, TimeProvider time)
        : this(options, SampleOf(options), timing, time)
    {
    }

    private SimulatedMicroscope(
        SimulationOptions options, SimulatedSample sample, VirtualTiming timing, TimeProvider time)
        : base(sample.Frames, sample.Image, SettingsOf(options), timing, time) => Sample = sample;

    public override string Description => $"simulated: {Sample.Description}";

    /// <summary>Expected counts at the nominal dwell.</summary>
    public override bool IsNoiseFree => true;

    public SimulatedSample Sample { get; }

    /// <summary>The image that the survey gives.</summary>
    public StructuralImage Image => Sample.Image;

    public IReadOnlyList<KnownQuantity> Quantities => Sample.Quantities;

    public float[] Truth(string name) => Sample.Map(name);

    private static SimulatedSample SampleOf(SimulationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Grow();
    }

    private static VirtualSettings SettingsOf(SimulationOptions options) =>
        new(options.NoiseSeed ?? options.Seed, options.BeamCurrent, options.Probe, options.NominalDwell)
        {
            Drift = options.Drift,
            SurveyNoise = options.SurveyNoise,
        };
}
