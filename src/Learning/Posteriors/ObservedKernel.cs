using DklActors.Learning.Engines;
using DklActors.Learning.Kernels;
using DklActors.Learning.Linear;
using DklActors.Messages.Scalars;

namespace DklActors.Learning.Posteriors;

/// <summary>Covariances among the observations, with their noise.</summary>
internal static class ObservedKernel
{
    /// <returns>Lower Cholesky factor, N × N, scalarizer's unit.</returns>
    /// <exception cref="TrainingFailedException">The matrix does not factorise.</exception>
    public static double[] Factorise(
        ProcessModel model, IReadOnlyList<Observation> observations, out double jitter)
    {
        int count = observations.Count;
        float[] chosen = new float[count * model.Dimension];
        for (int i = 0; i < count; i++)
        {
            model.Embeddings.Span
                .Slice(observations[i].Candidate * model.Dimension, model.Dimension)
                .CopyTo(chosen.AsSpan(i * model.Dimension));
        }

        var coordinates = new ScaledCoordinates(chosen, model.Kernel.Lengthscales.AsSpan());
        double[] matrix = new double[count * count];
        double[] row = new double[coordinates.Stride];
        double[] point = new double[model.Dimension];
        for (int i = 0; i < count; i++)
        {
            coordinates.CopyPoint(i, point);
            model.Covariance.Fill(coordinates, point, 0, row);
            row.AsSpan(0, count).CopyTo(matrix.AsSpan(i * count));
            matrix[(i * count) + i] += model.NoiseOf(observations[i]);
        }

        double[] factor = new double[count * count];
        return Cholesky.TryFactoriseWithJitter(matrix, count, factor, out jitter)
            ? factor
            : throw new TrainingFailedException(
                $"The kernel matrix of {count} observations does not factorise under model {model.Version}, even " +
                "with jitter. Plan with an earlier model, or train again with a larger noise floor.");
    }
}
