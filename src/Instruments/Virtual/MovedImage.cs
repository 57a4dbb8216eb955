using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;

namespace DklActors.Instruments.Virtual;

/// <summary>A structural image as it looks after the sample has moved, with noise of the scan's own.</summary>
internal static class MovedImage
{
    /// <summary>
    /// The image with everything in it moved; between pixels by cubic convolution (Keys, IEEE Trans. ASSP 29 (1981)
    /// 1153), beyond its rim as it ends there.
    /// </summary>
    public static StructuralImage Of(StructuralImage image, PixelShift shift)
    {
        if (shift == PixelShift.None)
        {
            return image;
        }

        (int rows, int columns) = (image.Shape.Rows, image.Shape.Columns);
        float[] across = new float[image.Shape.Count];
        float[] moved = new float[image.Shape.Count];
        Convolve(image.Values.Span, across, rows, columns, columns, 1, shift.Columns);
        Convolve(across, moved, columns, rows, 1, columns, shift.Rows);
        return new StructuralImage(image.Channel, image.Shape, image.PixelSize, moved);
    }

    /// <summary>The image with normal noise, in units of its own standard deviation.</summary>
    public static StructuralImage WithNoise(StructuralImage image, double deviation, ref SeededStream random)
    {
        if (deviation == 0)
        {
            return image;
        }

        float[] noisy = image.Values.ToArray();
        double mean = noisy.Average(static value => (double)value);
        double spread = Math.Sqrt(noisy.Average(value => (value - mean) * (value - mean)));
        foreach (ref float value in noisy.AsSpan())
        {
            value += (float)(deviation * spread * random.NextNormal());
        }

        return new StructuralImage(image.Channel, image.Shape, image.PixelSize, noisy);
    }

    /// <summary>Moves each of a number of lines along itself.</summary>
    private static void Convolve(
        ReadOnlySpan<float> from, Span<float> to, int lines, int length, int lineStride, int stride, double shift)
    {
        int whole = (int)Math.Floor(-shift);
        double part = -shift - whole;
        Span<double> weights = [Weight(1 + part), Weight(part), Weight(1 - part), Weight(2 - part)];
        for (int line = 0; line < lines; line++)
        {
            for (int i = 0; i < length; i++)
            {
                double sum = 0;
                for (int k = 0; k < 4; k++)
                {
                    int source = (int)Math.Clamp((long)i + whole + k - 1, 0, length - 1);
                    sum += weights[k] * from[(line * lineStride) + (source * stride)];
                }

                to[(line * lineStride) + (i * stride)] = (float)sum;
            }
        }
    }

    // With a = −1/2.
    private static double Weight(double distance) => distance switch
    {
        < 1 => (((1.5 * distance) - 2.5) * distance * distance) + 1,
        < 2 => (((((-0.5 * distance) + 2.5) * distance) - 4) * distance) + 2,
        _ => 0,
    };
}
