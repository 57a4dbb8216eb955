using DklActors.Messages.Frames;

namespace DklActors.Instruments.Simulated;

/// <summary>What the simulated microscope looks at: particles on a substrate, and their structural image.</summary>
internal sealed record SimulatedSample(IReadOnlyList<Particle> Particles, StructuralImage Image)
{
    /// <exception cref="ArgumentException">An option makes no sense, or the particles do not fit.</exception>
    public static SimulatedSample Make(SimulationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        IReadOnlyList<Particle> particles = SampleGrower.Grow(options);
        return new SimulatedSample(particles, SimulatedImage.Of(options, particles));
    }
}
