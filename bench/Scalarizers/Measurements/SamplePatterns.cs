using DklActors.Messages.Geometry;
using DklActors.Physics.Patterns.Lattices;

namespace DklActors.Scalarizers.Measurements;

/// <summary>Patterns to measure, all different: discs of a strained lattice, on a background, with noise.</summary>
internal static class SamplePatterns
{
    public const double Radius = 8;

    public static (double X, double Y) A => (30, 4);

    public static (double X, double Y) B => (-4, 30);

    /// <summary>Discs on a lattice that is strained by up to a percent.</summary>
    public static float[][] Discs(int size, int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ => Pattern(
            size, new Lattice(new LatticeVector(A.X, A.Y), new LatticeVector(B.X, B.Y)), Radius, random))];
    }

    /// <summary>Discs of 11 px that overlap on a lattice.</summary>
    public static float[][] Overlapping(int size, int count, Lattice lattice)
    {
        var random = new Random(2);
        return [.. Enumerable.Range(0, count).Select(_ => Pattern(size, lattice, 11, random))];
    }

    public static GridShape Shape(int size) => new(size, size);

    private static float[] Pattern(int size, Lattice lattice, double radius, Random random)
    {
        double strain = 1 + (0.01 * ((2 * random.NextDouble()) - 1)), centre = (size / 2.0) + random.NextDouble();
        double[] means = new double[size * size];
        Array.Fill(means, 5);
        for (int h = -10; h <= 10; h++)
        {
            for (int k = -10; k <= 10; k++)
            {
                LatticeVector node = strain * lattice.At(h, k);
                (double x, double y) = (node.X, node.Y);
                Disc(means, size, centre + y, centre + x, radius, 300 * Math.Exp(-((x * x) + (y * y)) / 6400));
            }
        }

        return [.. means.Select(mean => (float)Draw(mean, random))];
    }

    private static void Disc(double[] means, int size, double row, double column, double radius, double counts)
    {
        int reach = (int)radius + 3;
        for (int r = Math.Max((int)row - reach, 0); r < Math.Min((int)row + reach, size); r++)
        {
            for (int c = Math.Max((int)column - reach, 0); c < Math.Min((int)column + reach, size); c++)
            {
                means[(r * size) + c] += counts
                    * Math.Clamp(radius + 0.5 - double.Hypot(r - row, c - column), 0, 1);
            }
        }
    }

    // Close enough to Poisson for a timing: normal, rounded.
    private static double Draw(double mean, Random random)
    {
        double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return Math.Max(Math.Round(mean + (Math.Sqrt(mean) * normal)), 0);
    }
}
