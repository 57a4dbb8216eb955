namespace DklActors.Host.Figures.Raster;

/// <summary>
/// Chooses for each row the filter (none, sub, up, average, Paeth) whose differences, as signed bytes, have the least
/// sum of magnitudes: the heuristic that ISO/IEC 15948, 12.8 recommends.
/// </summary>
internal sealed class PngFilter
{
    private const int Kinds = 5;

    private readonly byte[][] _candidates;
    private readonly int _pixelBytes;

    public PngFilter(int stride, int pixelBytes)
    {
        _pixelBytes = pixelBytes;
        _candidates = [.. Enumerable.Range(0, Kinds).Select(_ => new byte[stride + 1])];
    }

    /// <summary>The filter's number and the filtered row; valid until the next call.</summary>
    public ReadOnlySpan<byte> Apply(ReadOnlySpan<byte> row, ReadOnlySpan<byte> above)
    {
        byte[] best = _candidates[0];
        long least = long.MaxValue;
        for (byte kind = 0; kind < Kinds; kind++)
        {
            byte[] candidate = _candidates[kind];
            candidate[0] = kind;
            long sum = Fill(candidate.AsSpan(1), kind, row, above);
            if (sum < least)
            {
                (least, best) = (sum, candidate);
            }
        }

        return best;
    }

    private long Fill(Span<byte> filtered, byte kind, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above)
    {
        long sum = 0;
        for (int i = 0; i < row.Length; i++)
        {
            int left = i >= _pixelBytes ? row[i - _pixelBytes] : 0;
            int upperLeft = i >= _pixelBytes ? above[i - _pixelBytes] : 0;
            int guess = kind switch
            {
                1 => left,
                2 => above[i],
                3 => (left + above[i]) / 2,
                4 => Paeth(left, above[i], upperLeft),
                _ => 0,
            };
            filtered[i] = (byte)(row[i] - guess);
            sum += Math.Abs((int)(sbyte)filtered[i]);
        }

        return sum;
    }

    private static int Paeth(int left, int above, int upperLeft)
    {
        int estimate = left + above - upperLeft;
        int toLeft = Math.Abs(estimate - left);
        int toAbove = Math.Abs(estimate - above);
        int toUpperLeft = Math.Abs(estimate - upperLeft);
        return toLeft <= toAbove && toLeft <= toUpperLeft ? left : toAbove <= toUpperLeft ? above : upperLeft;
    }
}
