using DklActors.Instruments.Simulated.Surveys;
using DklActors.Instruments.Virtual;
using DklActors.Messages.Frames;

namespace DklActors.Instruments.Simulated.Plasmons;

/// <summary>HAADF image of the particles: mass-thickness contrast, finite probe, shot noise.</summary>
internal static class ParticleImage
{
    private const int SamplesPerSide = 3;

    private const double ProbeDeviationPixels = 0.6;

    // Share of the electrons that 1 nm of silver, and the substrate, throw onto the detector.
    private const double ScatteringPerNanometre = 0.008;
    private const double SubstrateScattering = 0.03;

    /// <summary>Counts per pixel; the same for the same options.</summary>
    public static StructuralImage Of(PlasmonOptions options, IReadOnlyList<Particle> particles)
    {
        int rows = options.Grid.Rows, columns = options.Grid.Columns;
        double[] scattering = new double[options.Grid.Count];
        foreach (Particle particle in particles)
        {
            AddParticle(particle, options, scattering);
        }

        scattering = ImageBlur.Gaussian(scattering, rows, columns, ProbeDeviationPixels);

        SeededStream random = SeededStream.Of(options.Seed, "survey");
        float[] values = new float[scattering.Length];
        for (int i = 0; i < values.Length; i++)
        {
            double share = 1 - Math.Exp(-(SubstrateScattering + (ScatteringPerNanometre * scattering[i])));
            values[i] = (float)PoissonSampler.Draw(options.SurveyCounts * share, ref random);
        }

        return new StructuralImage("HAADF", options.Grid, options.PixelSize, values);
    }

    private static void AddParticle(Particle particle, PlasmonOptions options, double[] thickness)
    {
        double pixel = options.PixelSize.Value;
        double reach = particle.RadiusNanometres + pixel;
        int firstRow = Math.Max(0, (int)Math.Floor((particle.RowNanometres - reach) / pixel));
        int lastRow = Math.Min(options.Grid.Rows - 1, (int)Math.Ceiling((particle.RowNanometres + reach) / pixel));
        int firstColumn = Math.Max(0, (int)Math.Floor((particle.ColumnNanometres - reach) / pixel));
        int lastColumn = Math.Min(
            options.Grid.Columns - 1, (int)Math.Ceiling((particle.ColumnNanometres + reach) / pixel));
        for (int row = firstRow; row <= lastRow; row++)
        {
            for (int column = firstColumn; column <= lastColumn; column++)
            {
                thickness[(row * options.Grid.Columns) + column] += MeanThickness(particle, row, column, pixel);
            }
        }
    }

    /// <summary>Mean over the pixel's area, so that edges are soft where they cross pixels.</summary>
    private static double MeanThickness(Particle particle, int row, int column, double pixel)
    {
        double sum = 0;
        for (int i = 0; i < SamplesPerSide * SamplesPerSide; i++)
        {
            double down = (((i / SamplesPerSide) + 0.5) / SamplesPerSide) - 0.5;
            double right = (((i % SamplesPerSide) + 0.5) / SamplesPerSide) - 0.5;
            sum += particle.Thickness((row + down) * pixel, (column + right) * pixel);
        }

        return sum / (SamplesPerSide * SamplesPerSide);
    }
}
