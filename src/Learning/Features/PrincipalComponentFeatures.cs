using DklActors.Learning.Candidates;
using MathNet.Numerics.LinearAlgebra;

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
        (double[] mean, double[][] axes) = Axes(candidates, width);
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

        return new FeatureBlock("components", width, values, IsOneSpace: true);
    }

    /// <summary>Mean of the patches and their leading principal axes, of unit length.</summary>
    public static (double[] Mean, double[][] Axes) Axes(CandidateSet candidates, int count)
    {
        (double[] mean, Matrix<double> covariance) = Covariance(candidates);
        return (mean, PrincipalAxes.Of(covariance, count));
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
