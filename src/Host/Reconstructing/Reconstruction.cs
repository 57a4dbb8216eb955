using DklActors.Host.Composition;
using DklActors.Learning.Vectors;

namespace DklActors.Host.Reconstructing;

/// <summary>Predicted frames of all candidates, and their scalars.</summary>
/// <param name="Measured">What was learned from.</param>
/// <param name="Model">Predicts.</param>
/// <param name="Scalars">Scalar of every predicted frame; NaN where there is none.</param>
internal sealed record Reconstruction(MeasuredFrames Measured, VectorModel Model, double[] Scalars)
{
    public static Reconstruction Of(Experiment experiment, MeasuredFrames measured, VectorModel model)
    {
        double[] scalars = new double[model.Count];
        double[] mean = new double[measured.Channels];
        for (int candidate = 0; candidate < scalars.Length; candidate++)
        {
            model.Predict(candidate, mean);
            scalars[candidate] = ReconstructionScore.ScalarOf(
                experiment, measured.Like(Array.ConvertAll(mean, static value => (float)value)),
                measured.Candidates.PointAt(candidate));
        }

        return new Reconstruction(measured, model, scalars);
    }
}
