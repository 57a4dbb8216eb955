using DklActors.Learning.Candidates;

namespace DklActors.Learning.Features;

/// <summary>
/// Mean and spread of a patch's scores on the leading principal components over its four rotations and their mirror
/// images: what the components tell, whatever the orientation.
/// </summary>
internal static class DihedralFeatures
{
    private const int Symmetries = 8;

    public static FeatureBlock Extract(CandidateSet candidates, int components)
    {
        int size = candidates.Window.Size, pixels = candidates.Window.PixelCount;
        int count = Math.Min(components, pixels), width = 2 * count;
        (double[] mean, double[][] axes) = PatchComponents.Of(candidates);

        // Turning the axes and not every patch is the same, for the scores are their products.
        int[][] turns = [.. Enumerable.Range(0, Symmetries).Select(turn => Turned(size, turn))];
        float[] values = new float[candidates.Count * width];
        float[] patch = new float[pixels];
        double[] centred = new double[pixels];
        for (int i = 0; i < candidates.Count; i++)
        {
            candidates.CutPatch(i, patch);
            for (int k = 0; k < count; k++)
            {
                double sum = 0.0, squares = 0.0;
                foreach (int[] turn in turns)
                {
                    for (int p = 0; p < pixels; p++)
                    {
                        centred[p] = patch[turn[p]] - mean[p];
                    }

                    double score = Linear.VectorKernels.Dot(centred, axes[k]);
                    sum += score;
                    squares += score * score;
                }

                double average = sum / Symmetries;
                values[(i * width) + k] = (float)average;
                values[(i * width) + count + k] =
                    (float)Math.Sqrt(Math.Max(0.0, (squares / Symmetries) - (average * average)));
            }
        }

        return new FeatureBlock("symmetric components", width, values, IsOneSpace: false);
    }

    /// <summary>Where each pixel of the turned patch comes from.</summary>
    private static int[] Turned(int size, int turn)
    {
        int[] from = new int[size * size];
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column < size; column++)
            {
                int r = row, c = turn < 4 ? column : size - 1 - column;
                for (int quarter = 0; quarter < turn % 4; quarter++)
                {
                    (r, c) = (c, size - 1 - r);
                }

                from[(row * size) + column] = (r * size) + c;
            }
        }

        return from;
    }
}
