using DklActors.Learning.Candidates;

namespace DklActors.Learning.Features;

/// <summary>
/// Scores of the patches on their leading principal components. The sign of a component is chosen so that its
/// element of greatest magnitude is positive, and so does not depend on the solver.
/// </summary>
internal static class PrincipalComponentFeatures
{
    public static FeatureBlock Extract(CandidateSet candidates, int components)
    {
        int pixels = candidates.Window.PixelCount;
        int width = Math.Min(components, pixels);
        (double[] mean, double[][] axes) = PatchComponents.Of(candidates);
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
}
