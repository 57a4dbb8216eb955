using DklActors.Learning.Engines;
using DklActors.Learning.Kernels;
using DklActors.Messages.Scalars;
using MathNet.Numerics.LinearAlgebra;

namespace DklActors.Learning.Tests.TestSupport;

/// <summary>
/// The Gaussian process written the plain way with MathNet's dense solver: nothing shared with the product.
/// </summary>
internal static class DenseReference
{
    public static double Covariance(ProcessModel model, int left, int right)
    {
        double sum = 0.0;
        ReadOnlySpan<float> e = model.Embeddings.Span;
        foreach (KernelTerm term in model.Kernel.Terms)
        {
            double squared = 0.0;
            for (int d = term.FirstDimension; d < term.FirstDimension + term.DimensionCount; d++)
            {
                double difference = ((double)e[(left * model.Dimension) + d] - e[(right * model.Dimension) + d])
                    / model.Kernel.Lengthscales[d];
                squared += difference * difference;
            }

            double r = Math.Sqrt(squared);
            sum += term.Variance * (model.Kernel.Kind == KernelKind.Rbf
                ? Math.Exp(-squared / 2.0)
                : (1.0 + (Math.Sqrt(5.0) * r) + (5.0 * squared / 3.0)) * Math.Exp(-Math.Sqrt(5.0) * r));
        }

        return sum * model.Scaling.Scale * model.Scaling.Scale;
    }

    /// <summary>Inverse of the covariances among the observations, noise included.</summary>
    public static Matrix<double> Precision(ProcessModel model, IReadOnlyList<Observation> observations)
    {
        double noise = model.Kernel.NoiseVariance * model.Scaling.Scale * model.Scaling.Scale;
        return Matrix<double>.Build.Dense(observations.Count, observations.Count, (i, j) =>
            Covariance(model, observations[i].Candidate, observations[j].Candidate)
            + (i != j ? 0.0 : noise + Math.Pow(observations[i].StandardError, 2))).Inverse();
    }

    /// <summary>Posterior covariance of two candidates.</summary>
    public static Func<int, int, double> Covariances(ProcessModel model, IReadOnlyList<Observation> observations)
    {
        Matrix<double> inverse = Precision(model, observations);
        return (left, right) => Covariance(model, left, right) - (To(left) * inverse * To(right));

        Vector<double> To(int candidate) => Vector<double>.Build.Dense(
            observations.Count, i => Covariance(model, observations[i].Candidate, candidate));
    }

    public static (double[] Mean, double[] Variance) Predict(
        ProcessModel model, IReadOnlyList<Observation> observations)
    {
        double prior = model.Scaling.Offset + (model.Kernel.Mean * model.Scaling.Scale);
        int n = observations.Count;
        Matrix<double> inverse = Precision(model, observations);
        Vector<double> residual = Vector<double>.Build.Dense(n, i => observations[i].Value - prior);
        double[] mean = new double[model.Count], variance = new double[model.Count];
        for (int c = 0; c < model.Count; c++)
        {
            Vector<double> k = Vector<double>.Build.Dense(n, i => Covariance(model, observations[i].Candidate, c));
            mean[c] = prior + (k * inverse * residual);
            variance[c] = Covariance(model, c, c) - (k * inverse * k);
        }

        return (mean, variance);
    }
}
