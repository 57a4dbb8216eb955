namespace DklActors.Instruments.Simulated.Plasmons;

/// <summary>Silver nanoparticles on a thin substrate.</summary>
public sealed class PlasmonSample : SimulatedSample
{
    /// <exception cref="ArgumentException">The particles do not fit.</exception>
    internal PlasmonSample(PlasmonOptions options)
        : this(options, ParticleGrower.Grow(options))
    {
    }

    private PlasmonSample(PlasmonOptions options, IReadOnlyList<Particle> particles)
        : base(
            $"{particles.Count} silver nanoparticles on {options.Grid} of {options.PixelSize}, seed {options.Seed}",
            ParticleImage.Of(options, particles),
            new PlasmonSpectra(options, particles)) => Particles = particles;

    /// <summary>What lies on the substrate.</summary>
    public IReadOnlyList<Particle> Particles { get; }
}
