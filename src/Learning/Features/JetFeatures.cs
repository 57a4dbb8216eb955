using System.Collections.Immutable;
using DklActors.Learning.Candidates;
using DklActors.Messages.Geometry;

namespace DklActors.Learning.Features;

/// <summary>
/// Gaussian-derivative jets of the whole image at several scales, sampled at the candidates: what a pixel's
/// neighbourhood looks like, whatever its orientation.
/// </summary>
/// <remarks>
/// Per scale σ, with scale-normalised derivatives (Lindeberg 1998): the smoothed image L, the gradient's magnitude
/// σ·|∇L|, the Laplacian σ²·(Lxx + Lyy), and the Hessian's anisotropy σ²·√((Lxx − Lyy)² + 4·Lxy²). All four are
/// invariant under rotations and mirror images.
/// </remarks>
internal static class JetFeatures
{
    public const int PerScale = 4;

    public static FeatureBlock Extract(CandidateSet candidates, ImmutableArray<double> scalesInPixels)
    {
        GridShape shape = candidates.Image.Shape;
        int width = PerScale * scalesInPixels.Length;
        float[] values = new float[candidates.Count * width];
        for (int s = 0; s < scalesInPixels.Length; s++)
        {
            double scale = scalesInPixels[s];
            var jet = GaussianJet.Compute(candidates.Image.Values.Span, shape, scale);
            for (int i = 0; i < candidates.Count; i++)
            {
                int pixel = shape.IndexOf(candidates.PointAt(i));
                double across = jet.ColumnColumn[pixel] - jet.RowRow[pixel];
                double mixed = 2.0 * jet.RowColumn[pixel];
                Span<float> target = values.AsSpan((i * width) + (s * PerScale), PerScale);
                target[0] = (float)jet.Smooth[pixel];
                target[1] = (float)(scale * double.Hypot(jet.Row[pixel], jet.Column[pixel]));
                target[2] = (float)(scale * scale * (jet.RowRow[pixel] + jet.ColumnColumn[pixel]));
                target[3] = (float)(scale * scale * double.Hypot(across, mixed));
            }
        }

        return new FeatureBlock("jets", width, values, IsOneSpace: false);
    }
}
