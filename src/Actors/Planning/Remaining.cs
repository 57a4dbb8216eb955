using DklActors.Actors.Budgeting;
using DklActors.Learning.Acquisition;
using DklActors.Learning.Posteriors;

namespace DklActors.Actors.Planning;

/// <summary>What is still to be learned, by the measure that a budget follows.</summary>
internal static class Remaining
{
    /// <summary>
    /// Map: the root mean square of the latent deviation, in the scalarizer's unit (the integrated mean square error of
    /// Sacks, Welch, Mitchell and Wynn 1989, Statist. Sci. 4, 409). Best: the greatest expected improvement, as a share
    /// of the range of the scalars measured so far.
    /// </summary>
    /// <param name="aim">Which.</param>
    /// <param name="belief">What is believed, without fantasies.</param>
    /// <param name="values">The scalars so far.</param>
    /// <param name="goal">What is searched for.</param>
    /// <param name="seed">Seed of the decision.</param>
    /// <param name="counts">Whether a candidate counts: it may be measured and, for the best, is not yet.</param>
    /// <returns>NaN where it cannot be told.</returns>
    public static double Of(
        ConvergenceAim aim,
        Posterior belief,
        IReadOnlyList<double> values,
        Goal goal,
        ulong seed,
        Func<int, bool> counts)
    {
        if (aim == ConvergenceAim.Map)
        {
            double sum = 0;
            int number = 0;
            ReadOnlySpan<double> variance = belief.Variance;
            for (int i = 0; i < variance.Length; i++)
            {
                if (counts(i))
                {
                    sum += Math.Max(0, variance[i]);
                    number++;
                }
            }

            return Math.Sqrt(sum / number);
        }

        double range = values.Max() - values.Min();
        double[] scores = new double[belief.Model.Count];
        new ExpectedImprovement().Score(
            new AcquisitionInput(belief, goal.BestOf(values), goal, seed), scores);
        double best = double.NaN;
        for (int i = 0; i < scores.Length; i++)
        {
            best = counts(i) && !(scores[i] <= best) ? scores[i] : best;
        }

        return best / range;
    }
}
