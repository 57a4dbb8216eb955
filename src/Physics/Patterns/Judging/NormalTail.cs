namespace DklActors.Physics.Patterns.Judging;

/// <summary>Upper tail of the normal distribution.</summary>
internal static class NormalTail
{
    /// <summary>Probability above z, to 1e-7 (Abramowitz and Stegun 26.2.17).</summary>
    public static double Above(double z)
    {
        if (!(Math.Abs(z) < 8))
        {
            return z > 0 ? 0 : 1;
        }

        double t = 1 / (1 + (0.2316419 * Math.Abs(z)));
        double tail = Math.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI) * t * (0.319381530 + (t * (-0.356563782
            + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        return z < 0 ? 1 - tail : tail;
    }
}
