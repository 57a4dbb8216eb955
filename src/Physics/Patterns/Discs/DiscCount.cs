using DklActors.Physics.Patterns.Judging;

namespace DklActors.Physics.Patterns.Discs;

/// <summary>Number of discs, and how many of them hang on noise.</summary>
internal static class DiscCount
{
    /// <param name="discs">Those that were found, highest first.</param>
    /// <param name="leastRelative">Least height as a fraction of the highest.</param>
    /// <param name="leastSignificance">Least height in standard errors.</param>
    /// <param name="finding">Of the pattern.</param>
    /// <remarks>
    /// A disc whose height is z standard errors above the limit is missed with the probability p of a normal
    /// distribution's tail, which makes a variance of p(1 − p). Discs just below the limit, of which there are about as
    /// many as just above, add the same again.
    /// </remarks>
    public static Measured Of(
        ReadOnlySpan<Disc> discs, double leastRelative, double leastSignificance, Finding finding)
    {
        double variance = 0;
        for (int i = 1; i < discs.Length; i++)
        {
            Disc disc = discs[i];
            double limit = Math.Max(leastRelative * discs[0].Height, leastSignificance * disc.HeightError);
            double z = disc.HeightError > 0 ? (disc.Height - limit) / disc.HeightError : double.PositiveInfinity;
            double missed = NormalTail.Above(z);
            variance += 2 * missed * (1 - missed);
        }

        return Measured.Of(discs.Length, Math.Sqrt(variance), finding);
    }
}
