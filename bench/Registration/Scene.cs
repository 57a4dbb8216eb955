using DklActors.Messages.Geometry;

namespace DklActors.Registration;

/// <summary>Something to look at that can move under the scan.</summary>
internal abstract class Scene
{
    private readonly Random _random;

    protected Scene(int seed) => _random = new Random(seed);

    public static IReadOnlyList<string> Kinds { get; } = ["particles", "few", "smooth", "lattice"];

    public static Scene Of(string kind, GridShape shape, int seed) => kind switch
    {
        "particles" => new Blobs(shape, seed, 0.05, 40),
        "few" => new Blobs(shape, seed, 0.05, 8),
        "smooth" => new Blobs(shape, seed, 0.12, 12),
        "lattice" => new Lattice(shape, seed),
        _ => throw new ArgumentException($"There is no scene '{kind}'.", nameof(kind)),
    };

    protected Random Random => _random;

    protected abstract double At(double row, double column);

    /// <summary>The image after a shift, with normal noise in standard deviations of the image.</summary>
    public float[] Render(GridShape shape, PixelShift shift, double noise)
    {
        float[] image = new float[shape.Count];
        for (int i = 0; i < image.Length; i++)
        {
            image[i] = (float)At((i / shape.Columns) - shift.Rows, (i % shape.Columns) - shift.Columns);
        }

        double mean = image.Average();
        double deviation = noise * Math.Sqrt(image.Average(value => (value - mean) * (value - mean)));
        for (int i = 0; i < image.Length && noise > 0; i++)
        {
            image[i] += (float)(deviation * Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble()))
                * Math.Cos(2 * Math.PI * _random.NextDouble()));
        }

        return image;
    }

    /// <summary>
    /// Cramér-Rao bound on the root mean square error of a shift, px, for white noise on both images: twice the
    /// noise's variance, times the inverse of the sum of the gradient's outer products over what both show.
    /// </summary>
    public double BoundOf(GridShape shape, PixelShift shift, double noise)
    {
        const double Near = 0.05;
        double[] still = new double[shape.Count];
        (double rows, double columns, double both) = (0, 0, 0);
        for (int i = 0; i < still.Length; i++)
        {
            (int row, int column) = (i / shape.Columns, i % shape.Columns);
            still[i] = At(row, column);
            if (row + Math.Round(shift.Rows) is var there && there >= 0 && there < shape.Rows
                && column + Math.Round(shift.Columns) is var across && across >= 0 && across < shape.Columns)
            {
                double alongRows = (At(row + Near, column) - At(row - Near, column)) / (2 * Near);
                double alongColumns = (At(row, column + Near) - At(row, column - Near)) / (2 * Near);
                rows += alongRows * alongRows;
                columns += alongColumns * alongColumns;
                both += alongRows * alongColumns;
            }
        }

        double mean = still.Average();
        double variance = noise * noise * still.Average(value => (value - mean) * (value - mean));
        return Math.Sqrt(2 * variance * (rows + columns) / ((rows * columns) - (both * both)));
    }

    private sealed class Blobs : Scene
    {
        private readonly (double Row, double Column, double Sigma, double Height)[] _all;

        public Blobs(GridShape shape, int seed, double size, int number)
            : base(seed) => _all =
            [
                .. Enumerable.Range(0, number).Select(_ => (
                    shape.Rows * ((2 * Random.NextDouble()) - 0.5),
                    shape.Columns * ((2 * Random.NextDouble()) - 0.5),
                    size * shape.Rows * (0.5 + Random.NextDouble()),
                    0.3 + (0.7 * Random.NextDouble()))),
            ];

        protected override double At(double row, double column)
        {
            double sum = 0;
            foreach ((double r, double c, double sigma, double height) in _all)
            {
                double distance = ((row - r) * (row - r)) + ((column - c) * (column - c));
                sum += height * Math.Exp(-0.5 * distance / (sigma * sigma));
            }

            return sum;
        }
    }

    /// <summary>Columns of atoms under a thickness that varies: periodic, but for its brightness.</summary>
    private sealed class Lattice(GridShape shape, int seed) : Scene(seed)
    {
        public const double Period = 6.3;

        private readonly Scene _thickness = new Blobs(shape, seed, 0.15, 12);
        private readonly double _angle = 0.1 + (seed % 10 * 0.1);

        protected override double At(double row, double column)
        {
            (double sine, double cosine) = Math.SinCos(_angle);
            double u = ((row * cosine) + (column * sine)) / Period;
            double v = ((column * cosine) - (row * sine)) / Period;
            return (2 + Math.Cos(2 * Math.PI * u) + Math.Cos(2 * Math.PI * v))
                * (0.5 + (0.5 * _thickness.ValueAt(row, column)));
        }
    }

    private double ValueAt(double row, double column) => At(row, column);
}
