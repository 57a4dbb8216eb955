using DklActors.Messages.Geometry;

namespace DklActors.Physics.Tests.Patterns;

/// <summary>A diffraction pattern of which everything is known.</summary>
internal sealed class Scene(int rows, int columns)
{
    private readonly double[] _means = new double[rows * columns];

    public GridShape Shape { get; } = new(rows, columns);

    public ReadOnlySpan<double> Means => _means;

    public float[] Counts => [.. _means.Select(static mean => (float)mean)];

    public float[] Noisy(int seed) => new PoissonDice(seed).Draw(_means);

    public Scene Level(double counts) => Add((_, _) => counts);

    /// <summary>A disc whose edge falls like an error function's of width sigma, in counts a pixel.</summary>
    public Scene Disc(double row, double column, double radius, double counts, double sigma = 0.7) =>
        Add((r, c) => counts * Fall((double.Hypot(r - row, c - column) - radius) / sigma));

    public Scene Gaussian(double row, double column, double sigmaRow, double sigmaColumn, double counts) =>
        Add((r, c) => counts * Math.Exp(
            -0.5 * (Square((r - row) / sigmaRow) + Square((c - column) / sigmaColumn))));

    public Scene Ring(double row, double column, double radius, double sigma, double counts) =>
        Add((r, c) => counts * Math.Exp(-0.5 * Square((double.Hypot(r - row, c - column) - radius) / sigma)));

    /// <summary>Discs on a lattice of (row, column) vectors a and b, weaker further out.</summary>
    public Scene Lattice(
        double row, double column, (double Row, double Column) a, (double Row, double Column) b, double radius,
        double counts, double decay = 60, double margin = 14)
    {
        for (int h = -8; h <= 8; h++)
        {
            for (int k = -8; k <= 8; k++)
            {
                double r = (h * a.Row) + (k * b.Row), c = (h * a.Column) + (k * b.Column);
                if (row + r > margin && row + r < Shape.Rows - margin && column + c > margin
                    && column + c < Shape.Columns - margin)
                {
                    Disc(row + r, column + c, radius, counts * Math.Exp(-((r * r) + (c * c)) / (decay * decay)));
                }
            }
        }

        return this;
    }

    public Scene Add(Func<int, int, double> counts)
    {
        for (int i = 0; i < _means.Length; i++)
        {
            _means[i] += counts(i / Shape.Columns, i % Shape.Columns);
        }

        return this;
    }

    public Scene Scaled(double factor)
    {
        var scaled = new Scene(Shape.Rows, Shape.Columns);
        return scaled.Add((r, c) => factor * _means[(r * Shape.Columns) + c]);
    }

    private static double Square(double value) => value * value;

    // The normal distribution's upper tail (Abramowitz and Stegun 26.2.17, to 1e-7).
    private static double Fall(double x)
    {
        if (Math.Abs(x) > 8)
        {
            return x < 0 ? 1 : 0;
        }

        double t = 1 / (1 + (0.2316419 * Math.Abs(x)));
        double tail = Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI) * t * (0.319381530 + (t * (-0.356563782
            + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        return x < 0 ? 1 - tail : tail;
    }
}
