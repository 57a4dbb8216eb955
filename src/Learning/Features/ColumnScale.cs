namespace DklActors.Learning.Features;

/// <summary>Standardises a column: (value − mean) · factor.</summary>
/// <param name="Mean">Mean over the candidates.</param>
/// <param name="Factor">Reciprocal of the deviation; 0 for a column that is the same everywhere.</param>
internal readonly record struct ColumnScale(double Mean, double Factor)
{
    // A column whose deviation is below this share of its magnitude holds rounding only.
    private const double LeastRelativeDeviation = 1e-6;

    /// <exception cref="ArgumentException">The column's values overflow.</exception>
    public static ColumnScale Of(FeatureBlock block, int column, int count)
    {
        double mean = 0.0, squares = 0.0;
        for (int i = 0; i < count; i++)
        {
            mean += block.Values[(i * block.Width) + column];
        }

        mean /= count;
        for (int i = 0; i < count; i++)
        {
            double difference = block.Values[(i * block.Width) + column] - mean;
            squares += difference * difference;
        }

        return Of(mean, squares, count, block.Name);
    }

    /// <param name="mean">Mean of the column.</param>
    /// <param name="squares">Sum of the squared differences from it.</param>
    /// <param name="count">Number of candidates.</param>
    /// <param name="block">Name of the column's block, for the message.</param>
    /// <exception cref="ArgumentException">The column's values overflow.</exception>
    public static ColumnScale Of(double mean, double squares, int count, string block)
    {
        double deviation = Math.Sqrt(squares / count);
        return double.IsFinite(deviation)
            ? new ColumnScale(mean, deviation > LeastRelativeDeviation * Math.Abs(mean) ? 1.0 / deviation : 0.0)
            : throw new ArgumentException(
                $"The structural image's values are too large for float32 features ({block}). Rescale the image.");
    }

    public float Apply(float value) => (float)((value - Mean) * Factor);
}
