using System.Collections.Immutable;
using DklActors.Learning.Engines;
using DklActors.Learning.Kernels;
using DklActors.Messages.Models;
using DklActors.Messages.Scalars;

namespace DklActors.Learning.Ensembles;

/// <summary>
/// Whether structure helps, asked of the members as they are before training, at a few fixed shares of noise.
/// </summary>
/// <remarks>
/// Trained members have been fitted to the very observations that are left out in turn: on values that are nothing
/// but noise they seem to gain some 0.2 nats a point, the more flexible ones more. Untrained ones do not flatter
/// themselves, and find structure that matters almost as soon. All share the standardisation, the constant too.
/// </remarks>
internal static class UntrainedEvidence
{
    // Below this the standard errors of the differences are themselves too uncertain to rely on.
    private const int LeastObservations = 8;

    // From hardly any noise to half of the observed variance; all of it is the constant.
    private static readonly double[] NoiseShares = [0.02, 0.15, 0.5];

    /// <param name="untrained">A model before training, over the observations alone in their order.</param>
    /// <param name="observations">N observations.</param>
    /// <returns>For each share of noise the N leave-one-out log densities, nats.</returns>
    /// <exception cref="TrainingFailedException">Leaving out is not possible in float64.</exception>
    public static double[][] DensitiesOf(ProcessModel untrained, ImmutableArray<Observation> observations)
    {
        // The share of noise stands for the standard errors as well.
        Observation[] renumbered =
            [.. observations.Select(static (observation, i) => new Observation(i, observation.Value, 0.0))];
        return Array.ConvertAll(NoiseShares, noise =>
        {
            var model = new ProcessModel(
                untrained.Version, untrained.Dimension, untrained.Embeddings,
                WithNoise(untrained.Kernel, noise), untrained.Scaling);
            return LeaveOneOut.Of(model, renumbered).LogDensities(renumbered);
        });
    }

    /// <param name="structure">Log densities of the members that know the structure, K of N values.</param>
    /// <param name="position">Log densities of those that know the position alone.</param>
    /// <param name="standardised">The N standardised values.</param>
    /// <param name="scale">What they were divided by.</param>
    /// <param name="seed">Seed of the weighing.</param>
    /// <returns>Null where one kind of member is missing, or the observations are too few or all equal.</returns>
    public static StructureEvidence? Weigh(
        IReadOnlyList<double[]> structure, IReadOnlyList<double[]> position, double[] standardised, double scale,
        ulong seed)
    {
        if (structure.Count == 0 || position.Count == 0 || standardised.Length < LeastObservations
            || standardised.Max() == standardised.Min())
        {
            return null;
        }

        double[] constant = Array.ConvertAll(
            standardised, value => (-0.5 * ((value * value) + Math.Log(2.0 * Math.PI))) - Math.Log(scale));

        // Knowing more never says less than knowing nothing.
        double[] withStructure = Mixed([.. structure, constant], seed);
        double[] withPosition = Mixed([.. position, constant], seed);
        return new StructureEvidence(
            withStructure.Average(), withPosition.Average(), constant.Average(),
            ErrorOfDifference(withStructure, withPosition), ErrorOfDifference(withPosition, constant));
    }

    private static KernelParameters WithNoise(KernelParameters kernel, double noise)
    {
        double factor = (1.0 - noise) / kernel.Variance;
        return kernel with
        {
            Terms = [.. kernel.Terms.Select(term => term with { Variance = factor * term.Variance })],
            NoiseVariance = noise,
        };
    }

    /// <summary>Log densities under the mixture, from the greatest one on: an outlier's density underflows.</summary>
    private static double[] Mixed(IReadOnlyList<double[]> logDensities, ulong seed)
    {
        double[] weights = MemberWeights.PseudoBma(logDensities, seed), mixed = new double[logDensities[0].Length];
        for (int i = 0; i < mixed.Length; i++)
        {
            double highest = logDensities.Max(member => member[i]), sum = 0.0;
            for (int k = 0; k < weights.Length; k++)
            {
                sum += weights[k] * Math.Exp(logDensities[k][i] - highest);
            }

            mixed[i] = highest + Math.Log(sum);
        }

        return mixed;
    }

    private static double ErrorOfDifference(double[] left, double[] right)
    {
        double[] differences = [.. left.Zip(right, static (a, b) => a - b)];
        double mean = differences.Average();
        double squares = differences.Sum(difference => (difference - mean) * (difference - mean));
        return Math.Sqrt(squares / (differences.Length - 1) / differences.Length);
    }
}
