using DklActors.Messages.Geometry;
using DklActors.Physics.Patterns.Masks;

namespace DklActors.Physics.Patterns.Overlaps;

/// <summary>
/// The logarithm of a pattern, less its mean, under a Hann window that lets nothing jump at the edges; and how much a
/// count changes it. Room for one pattern at a time.
/// </summary>
internal sealed class LogPattern
{
    private readonly float[] _windowRows;
    private readonly float[] _windowColumns;

    public LogPattern(GridShape shape)
    {
        Shape = shape;
        Values = new float[shape.Count];
        Variances = new float[shape.Count];
        _windowRows = Hann(shape.Rows);
        _windowColumns = Hann(shape.Columns);
    }

    public GridShape Shape { get; }

    /// <summary>w·(log(I + floor) − mean).</summary>
    public float[] Values { get; }

    /// <summary>Their Poisson variances w²·I/(I + floor)², to first order.</summary>
    public float[] Variances { get; }

    public void Fill(ReadOnlySpan<float> counts, double floor)
    {
        double sum = 0, weights = 0;
        for (int row = 0; row < Shape.Rows; row++)
        {
            int start = row * Shape.Columns;
            for (int column = 0; column < Shape.Columns; column++)
            {
                float weight = _windowRows[row] * _windowColumns[column];
                float raised = Math.Max(counts[start + column], 0) + (float)floor;
                float log = MathF.Log(raised);
                Values[start + column] = log;
                Variances[start + column] = weight * weight * (raised - (float)floor) / (raised * raised);
                sum += weight * log;
                weights += weight;
            }
        }

        float mean = (float)(sum / weights);
        for (int row = 0; row < Shape.Rows; row++)
        {
            int start = row * Shape.Columns;
            for (int column = 0; column < Shape.Columns; column++)
            {
                Values[start + column] = (Values[start + column] - mean) * _windowRows[row] * _windowColumns[column];
            }
        }
    }

    private static float[] Hann(int length) =>
        [.. Enumerable.Range(0, length).Select(i => (float)Math.Pow(Math.Sin(Math.PI * (i + 0.5) / length), 2))];
}
