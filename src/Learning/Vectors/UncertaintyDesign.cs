using DklActors.Learning.Posteriors;

namespace DklActors.Learning.Vectors;

/// <summary>Where to measure next, so that the whole frame becomes known everywhere.</summary>
public static class UncertaintyDesign
{
    /// <summary>
    /// One after the other the candidate whose frame is least sure, each believed to give what is predicted (kriging
    /// believer). Uncertainty is the variance of all scores together, in units of counting noise.
    /// </summary>
    /// <param name="model">A model with at least one component.</param>
    /// <param name="measured">Candidates measured already; never returned.</param>
    /// <param name="count">How many to choose.</param>
    /// <returns>Different candidates, fewer only if there are fewer left.</returns>
    public static IReadOnlyList<int> Choose(VectorModel model, IReadOnlyCollection<int> measured, int count)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(measured);
        Posterior[] posteriors = [.. model.Outputs.Select(static output => output.Condition())];
        bool[] taken = new bool[model.Count];
        foreach (int candidate in measured)
        {
            taken[candidate] = true;
        }

        List<int> chosen = [];
        while (chosen.Count < count && LeastSure(posteriors, taken) is { } next)
        {
            chosen.Add(next);
            taken[next] = true;
            posteriors = Array.ConvertAll(posteriors, posterior => posterior.Believe(next));
        }

        return chosen;
    }

    private static int? LeastSure(Posterior[] posteriors, bool[] taken)
    {
        double[] sums = new double[taken.Length];
        foreach (Posterior posterior in posteriors)
        {
            ReadOnlySpan<double> variance = posterior.Variance;
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] += variance[i];
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
