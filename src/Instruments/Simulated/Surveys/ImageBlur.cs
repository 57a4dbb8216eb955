namespace DklActors.Instruments.Simulated.Surveys;

/// <summary>Blurs an image by a Gaussian; beyond its rim the image goes on as it ends.</summary>
internal static class ImageBlur
{
    // Reach of the kernel in standard deviations.
    private const double KernelReach = 3;

    /// <param name="image">Row-major.</param>
    /// <param name="rows">Rows of the image.</param>
    /// <param name="columns">Columns of the image.</param>
    /// <param name="deviationPixels">Standard deviation; more than 0.</param>
    public static double[] Gaussian(double[] image, int rows, int columns, double deviationPixels)
    {
        double[] kernel = Kernel(deviationPixels);
        double[] blurred = BlurRows(image, rows, columns, kernel);
        return Transpose(BlurRows(Transpose(blurred, rows, columns), columns, rows, kernel), columns, rows);
    }

    private static double[] Kernel(double deviation)
    {
        int reach = (int)Math.Ceiling(KernelReach * deviation);
        double[] kernel = [.. Enumerable.Range(-reach, (2 * reach) + 1)
            .Select(offset => Math.Exp(-0.5 * offset * offset / (deviation * deviation)))];
        double sum = kernel.Sum();
        return [.. kernel.Select(weight => weight / sum)];
    }

    private static double[] BlurRows(double[] image, int rows, int columns, double[] kernel)
    {
        double[] blurred = new double[image.Length];
        int reach = kernel.Length / 2;
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<double> line = image.AsSpan(row * columns, columns);
            for (int column = 0; column < columns; column++)
            {
                double sum = 0;
                for (int k = 0; k < kernel.Length; k++)
                {
                    sum += kernel[k] * line[Math.Clamp(column + k - reach, 0, columns - 1)];
                }

                blurred[(row * columns) + column] = sum;
            }
        }

        return blurred;
    }

    private static double[] Transpose(double[] image, int rows, int columns)
    {
        double[] transposed = new double[image.Length];
        for (int i = 0; i < image.Length; i++)
        {
            transposed[(i % columns * rows) + (i / columns)] = image[i];
        }

        return transposed;
    }
}
