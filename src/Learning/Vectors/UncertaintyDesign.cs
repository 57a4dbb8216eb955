using DklActors.Learning.Posteriors;

namespace DklActors.Learning.Vectors;

/// <summary>Where to measure next, so that the whole frame becomes known everywhere.</summary>
public static class UncertaintyDesign
{
    // Frames without any noise would tell without end.
    private const double LeastNoise = 1e-9;

    /// <summary>
    /// One after the other the candidate whose frame would tell most, each believed to give what is predicted (kriging
    /// believer).
    /// </summary>
    /// <remarks>
    /// A frame of noise variance σ² in every score tells Σ ½·log(1 + v/σ²) about scores of variances v (the entropy
    /// criterion; Krause, Singh and Guestrin 2008, J. Mach. Learn. Res. 9, 235). Their sum alone would look at the
    /// strongest component only.
    /// </remarks>
    /// <param name="model">A model with at least one component.</param>
    /// <param name="measured">Candidates measured already; never returned.</param>
    /// <param name="count">How many to choose.</param>
    /// <returns>Different candidates, fewer only if there are fewer left.</returns>
    public static IReadOnlyList<int> Choose(VectorModel model, IReadOnlyCollection<int> measured, int count)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(measured);
        double noise = Math.Max(model.Components.NoiseFactor, LeastNoise);
        Posterior[] posteriors = [.. model.Outputs.Select(static output => output.Condition())];
        bool[] taken = new bool[model.Count];
        foreach (int candidate in measured)
        {
            taken[candidate] = true;
        }

        List<int> chosen = [];
        while (chosen.Count < count && MostTelling(posteriors, noise, taken) is { } next)
        {
            chosen.Add(next);
            taken[next] = true;
            posteriors = Array.ConvertAll(posteriors, posterior => posterior.Believe(next));
        }

        return chosen;
    }

    private static int? MostTelling(Posterior[] posteriors, double noise, bool[] taken)
    {
        double[] sums = new double[taken.Length];
        foreach (Posterior posterior in posteriors)
        {
            ReadOnlySpan<double> variance = posterior.Variance;
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] += Math.Log(1.0 + (Math.Max(0.0, variance[i]) / noise));
            }
        }

        int? best = null;
        for (int i = 0; i < sums.Length; i++)
        {
            if (!taken[i] && (best is not { } leader || sums[i] > sums[leader]))
            {
                best = i;
            }
        }

        return best;
    }
}
