using DklActors.Instruments.Virtual;

namespace DklActors.Instruments.Simulated.Plasmons;

/// <summary>Strews particles of all shapes over the substrate, without overlap, by a seed.</summary>
internal static class ParticleGrower
{
    private const int TriesPerParticle = 400;
    private const double GapNanometres = 6;
    private const double SquarePerParticleNanometres = 72;

    // A rod is thinner than the other particles and this many times longer than wide.
    private const double RodThinning = 0.55;
    private const double ShortestRod = 1.8;
    private const double LongestRod = 4.5;

    private static readonly ParticleShape[] Shapes = Enum.GetValues<ParticleShape>();

    /// <exception cref="ArgumentException">A number of particles was asked for and they do not fit.</exception>
    public static IReadOnlyList<Particle> Grow(PlasmonOptions options)
    {
        double height = (options.Grid.Rows - 1) * options.PixelSize.Value;
        double width = (options.Grid.Columns - 1) * options.PixelSize.Value;
        int wanted = options.Particles ?? (int)Math.Clamp(
            Math.Round(height * width / (SquarePerParticleNanometres * SquarePerParticleNanometres)), 1, 10_000);
        SeededStream random = SeededStream.Of(options.Seed, "sample");
        List<Particle> particles = [];
        for (int i = 0; i < wanted; i++)
        {
            Particle? particle = FindRoom(options, height, width, Shapes[i % Shapes.Length], particles, ref random);
            if (particle is not null)
            {
                particles.Add(particle);
            }
            else if (options.Particles is not null)
            {
                throw new ArgumentException(
                    $"Simulated microscope: {wanted} particles do not fit on {options.Grid} of {options.PixelSize}, "
                    + $"{particles.Count} did; ask for fewer or smaller ones, or a larger grid.");
            }
        }

        return particles;
    }

    private static Particle? FindRoom(
        PlasmonOptions options,
        double height,
        double width,
        ParticleShape shape,
        List<Particle> others,
        ref SeededStream random)
    {
        for (int attempt = 0; attempt < TriesPerParticle; attempt++)
        {
            double size = random.NextBetween(options.SmallestWidth.Value, options.LargestWidth.Value);
            double aspect = shape == ParticleShape.Rod ? random.NextBetween(ShortestRod, LongestRod) : 1;
            size *= shape == ParticleShape.Rod ? RodThinning : 1;
            Particle candidate = new(
                shape,
                random.NextBetween(0, height),
                random.NextBetween(0, width),
                random.NextBetween(0, 2 * Math.PI),
                size,
                size * aspect);
            bool isInside = candidate.RowNanometres >= candidate.RadiusNanometres
                && candidate.RowNanometres <= height - candidate.RadiusNanometres
                && candidate.ColumnNanometres >= candidate.RadiusNanometres
                && candidate.ColumnNanometres <= width - candidate.RadiusNanometres;
            if (isInside && !others.Exists(other => other.IsWithin(GapNanometres, candidate)))
            {
                return candidate;
            }
        }

        return null;
    }
}
