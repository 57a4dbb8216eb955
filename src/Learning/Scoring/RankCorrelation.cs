namespace DklActors.Learning.Scoring;

/// <summary>Spearman's rank correlation; equal values share their mean rank.</summary>
public static class RankCorrelation
{
    /// <returns>−1 … 1, or NaN if one side is constant.</returns>
    public static double Spearman(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        double[] leftRanks = Ranks(left);
        double[] rightRanks = Ranks(right);
        double centre = 0.5 * (left.Length - 1);
        double product = 0.0, leftSquares = 0.0, rightSquares = 0.0;
        for (int i = 0; i < leftRanks.Length; i++)
        {
            double a = leftRanks[i] - centre;
            double b = rightRanks[i] - centre;
            product += a * b;
            leftSquares += a * a;
            rightSquares += b * b;
        }

        return product / Math.Sqrt(leftSquares * rightSquares);
    }

    private static double[] Ranks(ReadOnlySpan<double> values)
    {
        double[] sorted = values.ToArray();
        int[] order = [.. Enumerable.Range(0, sorted.Length)];
        Array.Sort(sorted, order);
        double[] ranks = new double[sorted.Length];
        int start = 0;
        while (start < sorted.Length)
        {
            int end = start + 1;
            while (end < sorted.Length && sorted[end].Equals(sorted[start]))
            {
                end++;
            }

            for (int i = start; i < end; i++)
            {
                ranks[order[i]] = 0.5 * (start + end - 1);
            }

            start = end;
        }

        return ranks;
    }
}
