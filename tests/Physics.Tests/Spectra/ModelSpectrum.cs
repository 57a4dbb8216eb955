using DklActors.Messages.Frames;
using DklActors.Messages.Units;

namespace DklActors.Physics.Tests.Spectra;

/// <summary>
/// An expected spectrum with everything in it that scalarizers look for: zero-loss peak, surface plasmon at 7 eV, bulk
/// plasmon at 15 eV (Drude), a power law, and from 31 eV on an edge with two white lines. 600 channels of 0.1 eV.
/// </summary>
internal static class ModelSpectrum
{
    public const double Bulk = 15, BulkWidth = 2, Surface = 7, SurfaceWidth = 2.5, Exponent = 2.5;

    public static readonly EnergyAxis Axis = new(new ElectronVolt(-4), new ElectronVolt(0.1), 600);

    /// <summary>Expected counts for a dose; 1 gives about a million in all.</summary>
    public static double[] Expected(double dose) =>
        [.. Enumerable.Range(0, Axis.Channels).Select(i => dose * At(Axis[i].Value))];

    /// <summary>Poisson counts; of large means by the normal distribution, which is as good there.</summary>
    public static SpectrumFrame Draw(double[] expected, Random random)
    {
        float[] counts = new float[expected.Length];
        for (int i = 0; i < counts.Length; i++)
        {
            counts[i] = Draw(expected[i], random);
        }

        return new SpectrumFrame(Axis, counts);
    }

    /// <summary>The expected counts themselves.</summary>
    public static SpectrumFrame Exact(double dose = 1) =>
        new(Axis, Array.ConvertAll(Expected(dose), static count => (float)count));

    private static double At(double energy)
    {
        double zeroLoss = 60_000 * Math.Exp(-4 * Math.Log(2) * energy * energy / 0.36);
        double surface = 300 / (1 + Math.Pow(2 * (energy - Surface) / SurfaceWidth, 2));
        double off = (energy * energy) - (Bulk * Bulk);
        double bulk = energy > 0
            ? 2000 * energy * BulkWidth * BulkWidth * Bulk / ((off * off) + Math.Pow(energy * BulkWidth, 2))
            : 0;
        double law = energy > 18 ? 600 * Math.Pow(energy / 20, -Exponent) : 0;
        double lines = energy > 30.5 ? (250 * Peak(energy, 32, 1.5)) + (100 * Peak(energy, 38, 1.5)) : 0;
        double steps = (energy > 32 ? 40 : 0) + (energy > 38 ? 20 : 0);
        return zeroLoss + surface + bulk + law + lines + steps + 5;
    }

    private static double Peak(double energy, double centre, double width) =>
        Math.Exp(-4 * Math.Log(2) * (energy - centre) * (energy - centre) / (width * width));

    private static float Draw(double mean, Random random)
    {
        if (mean > 100)
        {
            double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()))
                * Math.Cos(2 * Math.PI * random.NextDouble());
            return (float)Math.Max(0, Math.Round(mean + (Math.Sqrt(mean) * normal)));
        }

        int count = 0;
        for (double product = 1 - random.NextDouble(); product > Math.Exp(-mean); count++)
        {
            product *= 1 - random.NextDouble();
        }

        return count;
    }
}
