using DklActors.Learning.Engines;
using DklActors.Learning.Linear;
using DklActors.Learning.Posteriors;
using DklActors.Messages.Scalars;

namespace DklActors.Learning.Ensembles;

/// <summary>
/// What a model with its hyperparameters says of each observation from all the others (Rasmussen and Williams 2006,
/// eq. 5.12): no refit, one inverse.
/// </summary>
/// <param name="Means">N predicted values, scalarizer's unit.</param>
/// <param name="Variances">N predicted variances, noise included, unit².</param>
internal sealed record LeaveOneOut(double[] Means, double[] Variances)
{
    private static readonly double LogTwoPi = Math.Log(2.0 * Math.PI);

    /// <exception cref="TrainingFailedException">
    /// The kernel matrix does not factorise, or a variance is beyond float64.
    /// </exception>
    public static LeaveOneOut Of(ProcessModel model, IReadOnlyList<Observation> observations)
    {
        int count = observations.Count;
        double[] factor = ObservedKernel.Factorise(model, observations, out _);
        double[] work = new double[count * count], inverse = new double[count * count];
        TriangularSolve.Invert(factor, count, work, inverse, threads: 1);
        double[] alpha = [.. observations.Select(observation => observation.Value - model.PriorMean)];
        TriangularSolve.Forward(factor, count, alpha);
        TriangularSolve.Backward(factor, count, alpha);
        double[] means = new double[count], variances = new double[count];
        for (int i = 0; i < count; i++)
        {
            variances[i] = 1.0 / inverse[(i * count) + i];
            if (!(variances[i] > 0.0 && double.IsFinite(variances[i])))
            {
                throw new TrainingFailedException(
                    $"Model {model.Version} predicts observation {i + 1} of {count} from the others with variance " +
                    $"{variances[i]}. Rescale the scalars, which are too small or too large for their squares.");
            }

            means[i] = observations[i].Value - (alpha[i] * variances[i]);
        }

        return new LeaveOneOut(means, variances);
    }

    /// <summary>Log density of each observation, nats.</summary>
    public double[] LogDensities(IReadOnlyList<Observation> observations) =>
    [
        .. Means.Select((mean, i) =>
        {
            double error = observations[i].Value - mean;
            return -0.5 * ((error * error / Variances[i]) + Math.Log(Variances[i]) + LogTwoPi);
        }),
    ];
}
