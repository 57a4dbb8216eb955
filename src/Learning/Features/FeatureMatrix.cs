using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using DklActors.Learning.Candidates;

namespace DklActors.Learning.Features;

/// <summary>
/// The features of all candidates (M × F), every column of mean 0 and deviation 1 over the candidates (the columns of
/// one space together); a column that is the same everywhere is 0. Pixels come first and are cut from the image on the
/// fly; the other columns, of which there are few, are computed once an experiment.
/// </summary>
internal sealed class FeatureMatrix
{
    private readonly CandidateSet _candidates;
    private readonly PixelFeatures? _pixels;
    private readonly float[] _stored;

    private FeatureMatrix(CandidateSet candidates, PixelFeatures? pixels, List<FeatureBlock> blocks)
    {
        _candidates = candidates;
        _pixels = pixels;
        int storedWidth = blocks.Sum(static block => block.Width);
        _stored = new float[candidates.Count * storedWidth];
        Width = PixelWidth + storedWidth;
        List<FeatureSpan> spans = pixels is null ? [] : [new FeatureSpan("pixels", 0, PixelWidth, IsOneSpace: true)];
        int target = 0;
        foreach (FeatureBlock block in blocks)
        {
            spans.Add(new FeatureSpan(block.Name, PixelWidth + target, block.Width, block.IsOneSpace));
            StandardiseInto(block, target, storedWidth);
            target += block.Width;
        }

        Blocks = [.. spans];
    }

    /// <summary>Number F of columns.</summary>
    public int Width { get; }

    public int Count => _candidates.Count;

    /// <summary>The blocks of columns, in their order.</summary>
    public ImmutableArray<FeatureSpan> Blocks { get; }

    /// <summary>The columns after the pixels, M × their number, for who works on them elsewhere.</summary>
    public ReadOnlyMemory<float> Stored => _stored;

    /// <summary>The candidates, for who cuts their patches elsewhere.</summary>
    public CandidateSet Candidates => _candidates;

    /// <summary>How the pixels of a patch are standardised, one a column; empty where pixels are no features.</summary>
    public ReadOnlySpan<ColumnScale> PixelScales => _pixels is null ? [] : _pixels.Scales;

    private int PixelWidth => _pixels?.Width ?? 0;

    /// <exception cref="ArgumentException">The image's values overflow.</exception>
    public static FeatureMatrix Create(CandidateSet candidates, FeatureOptions options)
    {
        List<FeatureBlock> blocks = [];
        if (options.PrincipalComponents > 0)
        {
            blocks.Add(PrincipalComponentFeatures.Extract(candidates, options.PrincipalComponents));
        }

        if (options.DihedralComponents > 0)
        {
            blocks.Add(DihedralFeatures.Extract(candidates, options.DihedralComponents));
        }

        if (options.RingComponents > 0)
        {
            blocks.Add(RingFeatures.Extract(candidates, options.RingComponents));
        }

        if (options.JetScalesInPixels.Length > 0)
        {
            blocks.Add(JetFeatures.Extract(candidates, options.JetScalesInPixels));
        }

        if (options.Position)
        {
            blocks.Add(PositionFeatures.Extract(candidates));
        }

        return new FeatureMatrix(candidates, options.Pixels ? new PixelFeatures(candidates) : null, blocks);
    }

    /// <summary>The rows of some candidates, in their order.</summary>
    public float[] Gather(ReadOnlySpan<int> candidates)
    {
        float[] rows = new float[candidates.Length * Width];
        for (int i = 0; i < candidates.Length; i++)
        {
            CopyRow(candidates[i], rows.AsSpan(i * Width, Width));
        }

        return rows;
    }

    /// <summary>The rows of count candidates from start on, count × F: borrowed where they are stored whole.</summary>
    /// <param name="start">First candidate.</param>
    /// <param name="count">How many.</param>
    /// <param name="scratch">Holds the rows where they have to be put together; made or enlarged as needed.</param>
    public ReadOnlyMemory<float> Rows(int start, int count, ref float[] scratch)
    {
        if (_pixels is null)
        {
            return _stored.AsMemory(start * Width, count * Width);
        }

        if (scratch.Length < count * Width)
        {
            scratch = new float[count * Width];
        }

        for (int i = 0; i < count; i++)
        {
            CopyRow(start + i, scratch.AsSpan(i * Width, Width));
        }

        return scratch.AsMemory(0, count * Width);
    }

    /// <summary>Adds all that the features follow from, or the features themselves, to a fingerprint.</summary>
    public void AppendTo(IncrementalHash hash)
    {
        hash.AppendData(MemoryMarshal.AsBytes<float>(_stored));
        if (_pixels is not null)
        {
            int[] pixels = [.. Enumerable.Range(0, Count).Select(
                i => _candidates.Image.Shape.IndexOf(_candidates.PointAt(i)))];
            hash.AppendData(MemoryMarshal.AsBytes(_candidates.Image.Values.Span));
            hash.AppendData(MemoryMarshal.AsBytes<int>(pixels));
        }
    }

    private void CopyRow(int candidate, Span<float> row)
    {
        _pixels?.CopyRow(candidate, row[..PixelWidth]);
        int stored = Width - PixelWidth;
        _stored.AsSpan(candidate * stored, stored).CopyTo(row[PixelWidth..]);
    }

    /// <summary>
    /// Columns of one space are divided by one deviation, that of all of them together: the later components of a patch
    /// would otherwise count as much as the first, and a narrow image as much across as along.
    /// </summary>
    private void StandardiseInto(FeatureBlock block, int target, int storedWidth)
    {
        ColumnScale[] scales =
        [
            .. Enumerable.Range(0, block.Width).Select(column => ColumnScale.Of(block, column, Count)),
        ];
        if (block.IsOneSpace)
        {
            double[] variances =
                [.. scales.Where(static scale => scale.Factor > 0.0).Select(static s => 1.0 / (s.Factor * s.Factor))];
            double common = variances.Length > 0 ? 1.0 / Math.Sqrt(variances.Average()) : 0.0;
            scales = Array.ConvertAll(scales, scale => scale.Factor > 0.0 ? scale with { Factor = common } : scale);
        }

        for (int column = 0; column < block.Width; column++)
        {
            for (int i = 0; i < Count; i++)
            {
                _stored[(i * storedWidth) + target + column] =
                    scales[column].Apply(block.Values[(i * block.Width) + column]);
            }
        }
    }
}
