using DklActors.Learning.Engines;
using DklActors.Learning.Kernels;
using DklActors.Messages.Models;

namespace DklActors.Learning.Vectors;

/// <summary>Belief about the whole frame at all M candidates; immutable.</summary>
public sealed class VectorModel : IFramePredictor
{
    private readonly double[] _means;
    private readonly double[] _variances;

    internal VectorModel(
        FrameComponents components, int candidates, double[] means, double[] variances,
        IReadOnlyList<ComponentModel> outputs, TrainingReport report)
    {
        Components = components;
        Count = candidates;
        _means = means;
        _variances = variances;
        Outputs = outputs;
        Report = report;
    }

    public FrameComponents Components { get; }

    /// <summary>Number M of candidates.</summary>
    public int Count { get; }

    /// <summary>Hyperparameters of each component's process, in units of its scores' deviation.</summary>
    public IEnumerable<KernelParameters> Kernels => Outputs.Select(static output => output.Model.Kernel);

    internal IReadOnlyList<ComponentModel> Outputs { get; }

    public TrainingReport Report { get; }

    /// <summary>Predicted scores of one candidate, K values.</summary>
    public ReadOnlySpan<double> ScoresAt(int candidate) =>
        _means.AsSpan(candidate * Components.Count, Components.Count);

    /// <summary>Variances of the predicted scores, the structure that the image does not tell included.</summary>
    public ReadOnlySpan<double> ScoreVariancesAt(int candidate) =>
        _variances.AsSpan(candidate * Components.Count, Components.Count);

    public void Predict(int candidate, Span<double> mean) => Components.MeanOf(ScoresAt(candidate), mean);

    /// <summary>Variances of the true frame at a candidate, without counting noise.</summary>
    /// <param name="candidate">Number of the candidate.</param>
    /// <param name="variance">Receives C variances.</param>
    public void PredictVariance(int candidate, Span<double> variance) =>
        Components.VarianceOf(ScoresAt(candidate), ScoreVariancesAt(candidate), variance);
}
