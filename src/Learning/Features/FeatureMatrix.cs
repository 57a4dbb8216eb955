using System.Collections.Immutable;
using DklActors.Learning.Candidates;

namespace DklActors.Learning.Features;

/// <summary>
/// The features of all candidates (M × F, row-major), every column of mean 0 and deviation 1 over the candidates; a
/// column that is the same everywhere is 0. Computed once an experiment.
/// </summary>
internal sealed class FeatureMatrix
{
    // A column whose deviation is below this share of its magnitude holds rounding only.
    private const double LeastRelativeDeviation = 1e-6;

    private FeatureMatrix(float[] values, int width, ImmutableArray<int> blockOfColumn)
    {
        Values = values;
        Width = width;
        BlockOfColumn = blockOfColumn;
    }

    public ReadOnlyMemory<float> Values { get; }

    /// <summary>Number F of columns.</summary>
    public int Width { get; }

    public int Count => Values.Length / Width;

    /// <summary>For every column the number of its block, from 0; blocks may share a lengthscale.</summary>
    public ImmutableArray<int> BlockOfColumn { get; }

    /// <exception cref="ArgumentException">The image's values overflow.</exception>
    public static FeatureMatrix Create(CandidateSet candidates, FeatureOptions options)
    {
        List<FeatureBlock> blocks = [];
        if (options.Pixels)
        {
            blocks.Add(PixelFeatures.Extract(candidates));
        }

        if (options.PrincipalComponents > 0)
        {
            blocks.Add(PrincipalComponentFeatures.Extract(candidates, options.PrincipalComponents));
        }

        if (options.JetScalesInPixels.Length > 0)
        {
            blocks.Add(JetFeatures.Extract(candidates, options.JetScalesInPixels));
        }

        if (options.Position)
        {
            blocks.Add(PositionFeatures.Extract(candidates));
        }

        return Join(blocks, candidates.Count);
    }

    /// <summary>Copies the rows of some candidates, in their order.</summary>
    public float[] Gather(ReadOnlySpan<int> candidates)
    {
        float[] rows = new float[candidates.Length * Width];
        for (int i = 0; i < candidates.Length; i++)
        {
            Values.Span.Slice(candidates[i] * Width, Width).CopyTo(rows.AsSpan(i * Width));
        }

        return rows;
    }

    private static FeatureMatrix Join(List<FeatureBlock> blocks, int count)
    {
        int width = blocks.Sum(static block => block.Width);
        float[] values = new float[count * width];
        List<int> blockOfColumn = [];
        for (int block = 0; block < blocks.Count; block++)
        {
            for (int column = 0; column < blocks[block].Width; column++)
            {
                StandardiseInto(blocks[block], column, values, blockOfColumn.Count, width, count);
                blockOfColumn.Add(block);
            }
        }

        return new FeatureMatrix(values, width, [.. blockOfColumn]);
    }

    private static void StandardiseInto(
        FeatureBlock block, int column, float[] values, int target, int width, int count)
    {
        double sum = 0.0, squares = 0.0;
        for (int i = 0; i < count; i++)
        {
            sum += block.Values[(i * block.Width) + column];
        }

        double mean = sum / count;
        for (int i = 0; i < count; i++)
        {
            double difference = block.Values[(i * block.Width) + column] - mean;
            squares += difference * difference;
        }

        double deviation = Math.Sqrt(squares / count);
        if (!double.IsFinite(deviation))
        {
            throw new ArgumentException(
                $"The structural image's values are too large for float32 features ({block.Name}). Rescale the image.");
        }

        double factor = deviation > LeastRelativeDeviation * Math.Abs(mean) ? 1.0 / deviation : 0.0;
        for (int i = 0; i < count; i++)
        {
            values[(i * width) + target] = (float)((block.Values[(i * block.Width) + column] - mean) * factor);
        }
    }
}
