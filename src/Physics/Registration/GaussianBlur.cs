using DklActors.Messages.Geometry;

namespace DklActors.Physics.Registration;

/// <summary>Blurs an image by a Gaussian; beyond its rim the image goes on as it ends.</summary>
internal static class GaussianBlur
{
    // Beyond so many standard deviations a Gaussian is below 1e-5 of its height.
    private const double Reach = 5;

    /// <param name="image">Row-major.</param>
    /// <param name="shape">Rows and columns.</param>
    /// <param name="deviation">Standard deviation, px.</param>
    public static float[] Of(float[] image, GridShape shape, double deviation)
    {
        double[] weights = WeightsOf(deviation);
        float[] across = new float[image.Length];
        float[] blurred = new float[image.Length];
        Convolve(image, across, weights, shape.Rows, shape.Columns, shape.Columns, 1);
        Convolve(across, blurred, weights, shape.Columns, shape.Rows, 1, shape.Columns);
        return blurred;
    }

    private static double[] WeightsOf(double deviation)
    {
        int reach = (int)Math.Ceiling(Reach * deviation);
        double[] weights =
        [
            .. Enumerable.Range(-reach, (2 * reach) + 1)
                .Select(step => Math.Exp(-0.5 * step * step / (deviation * deviation))),
        ];
        double sum = weights.Sum();
        return Array.ConvertAll(weights, weight => weight / sum);
    }

    private static void Convolve(
        float[] from, float[] to, double[] weights, int lines, int length, int lineStride, int stride)
    {
        int reach = weights.Length / 2;
        for (int line = 0; line < lines; line++)
        {
            for (int i = 0; i < length; i++)
            {
                double sum = 0;
                for (int k = 0; k < weights.Length; k++)
                {
                    int source = Math.Clamp(i + k - reach, 0, length - 1);
                    sum += weights[k] * from[(line * lineStride) + (source * stride)];
                }

                to[(line * lineStride) + (i * stride)] = (float)sum;
            }
        }
    }
}
