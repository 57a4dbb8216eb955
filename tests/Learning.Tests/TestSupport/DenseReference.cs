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
        double squared = 0.0;
        ReadOnlySpan<float> e = model.Embeddings.Span;
        for (int d = 0; d < model.Dimension; d++)
        {
            double difference = ((double)e[(left * model.Dimension) + d] - e[(right * model.Dimension) + d])
                / model.Kernel.Lengthscales[d];
            squared += difference * difference;
        }

        double r = Math.Sqrt(squared);
        double correlation = model.Kernel.Kind == KernelKind.Rbf
            ? Math.Exp(-squared / 2.0)
            : (1.0 + (Math.Sqrt(5.0) * r) + (5.0 * squared / 3.0)) * Math.Exp(-Math.Sqrt(5.0) * r);
        return model.Kernel.Variance * model.Scaling.Scale * model.Scaling.Scale * correlation;
    }

    public static (double[] Mean, double[] Variance) Predict(
        ProcessModel model, IReadOnlyList<Observation> observations)
    {
        double scale = model.Scaling.Scale, prior = model.Scaling.Offset + (model.Kernel.Mean * scale);
        int n = observations.Count;
        Matrix<double> a = Matrix<double>.Build.Dense(n, n, (i, j) =>
            Covariance(model, observations[i].Candidate, observations[j].Candidate)
            + (i != j ? 0.0
                : (model.Kernel.NoiseVariance * scale * scale) + Math.Pow(observations[i].StandardError, 2)));
        Matrix<double> inverse = a.Inverse();
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
