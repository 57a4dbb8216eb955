using DklActors.Learning.Linear;

namespace DklActors.Learning.Vectors;

/// <summary>
/// N frames of C channels, centred and divided by the square root of the mean counts, which makes the counting noise
/// of every channel alike.
/// </summary>
/// <remarks>
/// The weighting of Keenan and Kotula (2004, "Accounting for Poisson noise in the multivariate analysis of ToF-SIMS
/// spectrum images", Surf. Interface Anal. 36, 203), by channels only: a place that is still to be predicted has no
/// counts to be weighted by.
/// </remarks>
internal sealed class FrameMatrix
{
    // Jeffreys' prior: a channel without a count in N frames still expects half a count in all of them.
    private const double PriorCounts = 0.5;

    // Of frames that are no counts, channels weaker than this share of the mean one are not blown up further.
    private const double LeastShare = 1e-3;

    private FrameMatrix(int count, double[] mean, double[] expected, float[] values, bool isCounts, bool isPositive)
    {
        Count = count;
        Mean = mean;
        Expected = expected;
        Values = values;
        IsCounts = isCounts;
        IsPositive = isPositive;
    }

    /// <summary>Number N of frames.</summary>
    public int Count { get; }

    /// <summary>Number C of channels.</summary>
    public int Channels => Mean.Length;

    /// <summary>Mean frame, C values.</summary>
    public double[] Mean { get; }

    /// <summary>Squared weights: the mean frame kept above 0, C values.</summary>
    public double[] Expected { get; }

    /// <summary>N × C values (x − mean) / √expected, row-major.</summary>
    public float[] Values { get; }

    /// <summary>Whether all values are whole and none is negative: then they are taken for Poisson counts.</summary>
    public bool IsCounts { get; }

    /// <summary>Whether no value is negative.</summary>
    public bool IsPositive { get; }

    /// <exception cref="ArgumentException">No frames, unequal lengths, or values that are no numbers.</exception>
    public static FrameMatrix Create(IReadOnlyList<ReadOnlyMemory<float>> frames)
    {
        int channels = frames.Count > 0 ? frames[0].Length : 0;
        if (channels == 0)
        {
            throw new ArgumentException("There is no frame to learn from.", nameof(frames));
        }

        double[] mean = new double[channels];
        bool isWhole = true, isPositive = true;
        for (int i = 0; i < frames.Count; i++)
        {
            ReadOnlySpan<float> frame = frames[i].Span;
            if (frame.Length != channels)
            {
                throw new ArgumentException(
                    $"Frame {i} has {frame.Length} channels, and the first one {channels}.", nameof(frames));
            }

            for (int j = 0; j < channels; j++)
            {
                float value = frame[j];
                if (!float.IsFinite(value))
                {
                    throw new ArgumentException($"Frame {i} is {value} in channel {j}.", nameof(frames));
                }

                mean[j] += value / frames.Count;
                isWhole &= value == MathF.Floor(value);
                isPositive &= value >= 0.0f;
            }
        }

        bool isCounts = isWhole && isPositive;
        double scale = mean.Average(Math.Abs);
        double least = isCounts ? PriorCounts / frames.Count : scale > 0.0 ? LeastShare * scale : 1.0;
        double[] expected = Array.ConvertAll(mean, value => Math.Max(value, 0.0) + least);
        float[] values = new float[frames.Count * channels];
        for (int i = 0; i < frames.Count; i++)
        {
            ReadOnlySpan<float> frame = frames[i].Span;
            for (int j = 0; j < channels; j++)
            {
                values[(i * channels) + j] = (float)((frame[j] - mean[j]) / Math.Sqrt(expected[j]));
            }
        }

        return new FrameMatrix(frames.Count, mean, expected, values, isCounts, isPositive);
    }

    /// <summary>X·Xᵀ of some N × C values, N × N.</summary>
    public static double[] Gram(float[] values, int count, int threads)
    {
        var rows = new MatrixView<float>(values, count, values.Length / count);
        float[] gram = new float[count * count];
        MatrixProduct.Multiply(rows, rows.Transposed, new MatrixTarget<float>(gram, count), threads);
        return Array.ConvertAll(gram, static value => (double)value);
    }
}
