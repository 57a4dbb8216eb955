namespace DklActors.Learning.Acquisition;

/// <summary>Upper envelopes of lines a + b·z over a standard normal z.</summary>
internal static class LineEnvelope
{
    /// <summary>E max over i of (a_i + b_i·z), less max over i of a_i; exact.</summary>
    /// <remarks>
    /// Frazier, Powell and Dayanik 2009, algorithm 1: sort by slope, keep the lines of the envelope with the points c
    /// where one takes over from the other; then Σ (b_next − b)·(φ(c) − |c|·Φ(−|c|)). O(n log n).
    /// </remarks>
    /// <param name="intercepts">n values; sorted along with the slopes.</param>
    /// <param name="slopes">n values; sorted.</param>
    public static double ExpectedRise(Span<double> intercepts, Span<double> slopes)
    {
        MemoryExtensions.Sort(slopes, intercepts);
        Span<int> kept = slopes.Length <= 256 ? stackalloc int[slopes.Length] : new int[slopes.Length];
        Span<double> takesOver = slopes.Length <= 256 ? stackalloc double[slopes.Length] : new double[slopes.Length];
        int count = 0;
        for (int line = 0; line < slopes.Length; line++)
        {
            // Of parallel lines only the highest can be seen.
            if (count > 0 && slopes[kept[count - 1]] == slopes[line])
            {
                if (intercepts[kept[count - 1]] >= intercepts[line])
                {
                    continue;
                }

                count--;
            }

            double from = double.NegativeInfinity;
            while (count > 0)
            {
                int last = kept[count - 1];
                from = (intercepts[last] - intercepts[line]) / (slopes[line] - slopes[last]);
                if (from > takesOver[count - 1])
                {
                    break;
                }

                count--;
                from = double.NegativeInfinity;
            }

            kept[count] = line;
            takesOver[count] = from;
            count++;
        }

        double rise = 0.0;
        for (int i = 1; i < count; i++)
        {
            rise += (slopes[kept[i]] - slopes[kept[i - 1]])
                * NormalDistribution.ExpectedPositivePart(-Math.Abs(takesOver[i]));
        }

        return rise;
    }
}
