using DklActors.Instruments.Virtual;
using DklActors.Messages.Frames;

namespace DklActors.Instruments.Simulated;

/// <summary>
/// A microscope with a spectrometer for low-loss EELS, looking at silver nanoparticles whose plasmons are known:
/// structure predicts the physics, which is what an experiment has to find out.
/// </summary>
public sealed class SimulatedMicroscope : VirtualMicroscope
{
    /// <exception cref="ArgumentException">An option makes no sense, or the particles do not fit.</exception>
    public SimulatedMicroscope(SimulationOptions options, VirtualTiming timing, TimeProvider time)
        : this(options, SimulatedSample.Make(options), timing, time)
    {
    }

    private SimulatedMicroscope(
        SimulationOptions options, SimulatedSample sample, VirtualTiming timing, TimeProvider time)
        : base(new SimulatedSpectra(options, sample.Particles), sample.Image, SettingsOf(options), timing, time)
    {
        Particles = sample.Particles;
        Image = sample.Image;
        Description = $"simulated: {Particles.Count} silver nanoparticles on {options.Grid} of {options.PixelSize}, "
            + $"seed {options.Seed}";
    }

    public override string Description { get; }

    /// <summary>Expected counts at the nominal dwell.</summary>
    public override bool IsNoiseFree => true;

    /// <summary>What lies on the substrate.</summary>
    public IReadOnlyList<Particle> Particles { get; }

    /// <summary>The image that the survey gives.</summary>
    public StructuralImage Image { get; }

    private static VirtualSettings SettingsOf(SimulationOptions options) =>
        new(options.NoiseSeed ?? options.Seed, options.BeamCurrent, options.Probe, options.NominalDwell);
}
