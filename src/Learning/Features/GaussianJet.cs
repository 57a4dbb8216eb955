using DklActors.Messages.Geometry;

namespace DklActors.Learning.Features;

/// <summary>An image smoothed by a Gaussian, and its first and second derivatives (per px and px²).</summary>
internal sealed record GaussianJet(
    double[] Smooth, double[] Row, double[] Column, double[] RowRow, double[] RowColumn, double[] ColumnColumn)
{
    private const double TruncateAtDeviations = 4.0;

    /// <param name="image">Pixels, row-major.</param>
    /// <param name="shape">Shape of the image.</param>
    /// <param name="scale">Standard deviation of the Gaussian, px.</param>
    public static GaussianJet Compute(ReadOnlySpan<float> image, GridShape shape, double scale)
    {
        (double[] smooth, double[] first, double[] second) = Kernels(scale);
        double[] pixels = new double[image.Length];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = image[i];
        }

        double[] rowSmooth = AlongRows(pixels, shape, smooth);
        double[] rowFirst = AlongRows(pixels, shape, first);
        double[] rowSecond = AlongRows(pixels, shape, second);
        return new GaussianJet(
            AlongColumns(rowSmooth, shape, smooth),
            AlongColumns(rowSmooth, shape, first),
            AlongColumns(rowFirst, shape, smooth),
            AlongColumns(rowSmooth, shape, second),
            AlongColumns(rowFirst, shape, first),
            AlongColumns(rowSecond, shape, smooth));
    }

    /// <summary>
    /// Sampled Gaussian and derivatives, corrected so that they are exact on polynomials of up to second degree:
    /// weights sum to 1, the first derivative of x is 1, the second of x² is 2 and of a constant 0.
    /// </summary>
    private static (double[] Smooth, double[] First, double[] Second) Kernels(double scale)
    {
        int radius = Math.Max(1, (int)Math.Ceiling(TruncateAtDeviations * scale));
        double[] smooth = new double[(2 * radius) + 1];
        double[] first = new double[smooth.Length];
        double[] second = new double[smooth.Length];
        for (int i = 0; i < smooth.Length; i++)
        {
            double x = (i - radius) / scale;
            smooth[i] = Math.Exp(-0.5 * x * x);
        }

        double sum = smooth.Sum();
        double moment = 0.0;
        for (int i = 0; i < smooth.Length; i++)
        {
            smooth[i] /= sum;
            moment += smooth[i] * (i - radius) * (i - radius);
        }

        double curvature = 0.0;
        for (int i = 0; i < smooth.Length; i++)
        {
            double x = i - radius;
            first[i] = x * smooth[i] / moment;
            second[i] = ((x * x) - moment) * smooth[i];
            curvature += 0.5 * second[i] * x * x;
        }

        return (smooth, first, Array.ConvertAll(second, value => value / curvature));
    }

    private static double[] AlongRows(double[] image, GridShape shape, double[] kernel) =>
        Correlate(image, shape.Rows, shape.Columns, shape.Columns, 1, kernel);

    private static double[] AlongColumns(double[] image, GridShape shape, double[] kernel) =>
        Correlate(image, shape.Columns, shape.Rows, 1, shape.Columns, kernel);

    private static double[] Correlate(
        double[] image, int lines, int length, int lineStride, int stride, double[] kernel)
    {
        int radius = kernel.Length / 2;
        double[] result = new double[image.Length];
        double[] padded = new double[length + (2 * radius)];
        for (int line = 0; line < lines; line++)
        {
            for (int i = 0; i < padded.Length; i++)
            {
                padded[i] = image[(line * lineStride) + (Reflected(i - radius, length) * stride)];
            }

            for (int i = 0; i < length; i++)
            {
                double sum = 0.0;
                for (int k = 0; k < kernel.Length; k++)
                {
                    sum += kernel[k] * padded[i + k];
                }

                result[(line * lineStride) + (i * stride)] = sum;
            }
        }

        return result;
    }

    /// <summary>… 2 1 0 | 0 1 2 … n−1 | n−1 n−2 …: no edge appears where the image ends.</summary>
    public static int Reflected(int index, int length)
    {
        int period = 2 * length;
        int wrapped = ((index % period) + period) % period;
        return wrapped < length ? wrapped : period - 1 - wrapped;
    }
}
