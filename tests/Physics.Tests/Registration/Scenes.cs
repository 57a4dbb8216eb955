using DklActors.Messages.Geometry;

namespace DklActors.Physics.Tests.Registration;

/// <summary>Scenes that are known beyond the rim of the image, so that they can move through it.</summary>
internal static class Scenes
{
    /// <summary>Particles of a twentieth of the image's edge, some of them outside.</summary>
    public static Func<PixelShift, float[]> Particles(GridShape shape, int seed, double size = 0.05, int number = 40)
    {
        var random = new Random(seed);
        (double Row, double Column, double Sigma, double Height)[] all =
        [
            .. Enumerable.Range(0, number).Select(_ => (
                shape.Rows * ((2 * random.NextDouble()) - 0.5),
                shape.Columns * ((2 * random.NextDouble()) - 0.5),
                size * shape.Rows * (0.5 + random.NextDouble()),
                0.3 + (0.7 * random.NextDouble()))),
        ];
        return shift => Render(shape, (row, column) =>
        {
            double sum = 0;
            foreach ((double r, double c, double sigma, double height) in all)
            {
                double distance = ((row - shift.Rows - r) * (row - shift.Rows - r))
                    + ((column - shift.Columns - c) * (column - shift.Columns - c));
                sum += height * Math.Exp(-0.5 * distance / (sigma * sigma));
            }

            return sum;
        });
    }

    /// <summary>A square lattice and nothing else: any lattice vector moves it onto itself.</summary>
    public static Func<PixelShift, float[]> Lattice(GridShape shape, double periodPixels) => shift => Render(
        shape,
        (row, column) => Math.Cos(2 * Math.PI * (row - shift.Rows) / periodPixels)
            + Math.Cos(2 * Math.PI * (column - shift.Columns) / periodPixels));

    /// <summary>Adds normal noise, in standard deviations of the image.</summary>
    public static float[] WithNoise(float[] image, double deviation, int seed)
    {
        var random = new Random(seed);
        double mean = image.Average();
        double spread = Math.Sqrt(image.Average(value => (value - mean) * (value - mean)));
        return [.. image.Select(value => value + (float)(deviation * spread * Normal()))];

        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()))
            * Math.Cos(2 * Math.PI * random.NextDouble());
    }

    private static float[] Render(GridShape shape, Func<double, double, double> value)
    {
        float[] image = new float[shape.Count];
        for (int i = 0; i < image.Length; i++)
        {
            image[i] = (float)value(i / shape.Columns, i % shape.Columns);
        }

        return image;
    }
}
