using DklActors.Learning.Candidates;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace DklActors.Learning.Features;

/// <summary>
/// Scores of the patches on their leading principal components. The sign of a component is chosen so that its
/// element of greatest magnitude is positive, and so does not depend on the solver.
/// </summary>
internal static class PrincipalComponentFeatures
{
    // The covariance of this many patches, evenly spaced, is as good as that of all of them.
    private const int LargestSample = 20_000;

    public static FeatureBlock Extract(CandidateSet candidates, int components)
    {
        int pixels = candidates.Window.PixelCount;
        int width = Math.Min(components, pixels);
        (double[] mean, Matrix<double> covariance) = Covariance(candidates);
        Evd<double> eigen = covariance.Evd(Symmetricity.Symmetric);
        double[][] axes = new double[width][];
        for (int k = 0; k < width; k++)
        {
            // Eigenvalues come in ascending order.
            double[] axis = eigen.EigenVectors.Column(pixels - 1 - k).ToArray();
            int greatest = Array.IndexOf(axis, axis.MaxBy(Math.Abs));
            double sign = axis[greatest] < 0.0 ? -1.0 : 1.0;
            axes[k] = Array.ConvertAll(axis, value => value * sign);
        }

        float[] values = new float[candidates.Count * width];
        float[] patch = new float[pixels];
        for (int i = 0; i < candidates.Count; i++)
        {
            candidates.CutPatch(i, patch);
            for (int k = 0; k < width; k++)
            {
                double score = 0.0;
                for (int p = 0; p < pixels; p++)
                {
                    score += (patch[p] - mean[p]) * axes[k][p];
                }

                values[(i * width) + k] = (float)score;
            }
        }

        return new FeatureBlock("components", width, values);
    }

    private static (double[] Mean, Matrix<double> Covariance) Covariance(CandidateSet candidates)
    {
        int pixels = candidates.Window.PixelCount;
        int step = ((candidates.Count - 1) / LargestSample) + 1;
        double[] mean = new double[pixels];
        double[] products = new double[pixels * pixels];
        float[] patch = new float[pixels];
        double[] centred = new double[pixels];
        int count = 0;
        for (int i = 0; i < candidates.Count; i += step)
        {
            candidates.CutPatch(i, patch);
            count++;
            for (int p = 0; p < pixels; p++)
            {
                mean[p] += patch[p];
            }
        }

        mean = Array.ConvertAll(mean, sum => sum / count);
        for (int i = 0; i < candidates.Count; i += step)
        {
            candidates.CutPatch(i, patch);
            for (int p = 0; p < pixels; p++)
            {
                centred[p] = patch[p] - mean[p];
            }

            for (int p = 0; p < pixels; p++)
            {
                Linear.VectorKernels.AddScaled(centred[p] / count, centred, products.AsSpan(p * pixels, pixels));
            }
        }

        return (mean, Matrix<double>.Build.Dense(pixels, pixels, products));
    }
}
