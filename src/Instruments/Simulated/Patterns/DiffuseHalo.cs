namespace DklActors.Instruments.Simulated.Patterns;

/// <summary>A rotationally symmetric background of unit sum, from a table over the distance to its centre.</summary>
internal sealed class DiffuseHalo
{
    private const int StepsPerPixel = 8;

    private readonly float[] _values;

    /// <param name="largestRadius">Beyond, px, there is nothing.</param>
    /// <param name="profile">Intensity by radius in px, of any scale.</param>
    public DiffuseHalo(double largestRadius, Func<double, double> profile)
    {
        double[] values = new double[(int)Math.Ceiling(largestRadius * StepsPerPixel) + 2];
        double sum = 0;
        for (int i = 0; i < values.Length - 1; i++)
        {
            double radius = (double)i / StepsPerPixel;
            values[i] = profile(radius);
            sum += 2 * Math.PI * radius * values[i] / StepsPerPixel;
        }

        _values = [.. values.Select(value => (float)(value / sum))];
    }

    public static DiffuseHalo Gaussian(double deviationPixels) =>
        new(6 * deviationPixels, radius => Math.Exp(-0.5 * radius * radius / (deviationPixels * deviationPixels)));

    public void AddTo(Span<float> image, int columns, double row, double column, double counts)
    {
        float scale = (float)counts;
        int rows = image.Length / columns;
        for (int r = 0; r < rows; r++)
        {
            float down = (float)(r - row);
            Span<float> line = image.Slice(r * columns, columns);
            for (int c = 0; c < line.Length; c++)
            {
                float right = (float)(c - column);
                float step = MathF.Sqrt((down * down) + (right * right)) * StepsPerPixel;
                int index = (int)step;
                if (index < _values.Length - 1)
                {
                    line[c] += scale
                        * (_values[index] + ((step - index) * (_values[index + 1] - _values[index])));
                }
            }
        }
    }
}
