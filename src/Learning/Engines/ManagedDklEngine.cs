using DklActors.Learning.Candidates;
using DklActors.Learning.Linear;

namespace DklActors.Learning.Engines;

/// <summary>Deep kernel learning in plain C# with vectors: float32 network, exact float64 Gaussian process.</summary>
public sealed class ManagedDklEngine : DklEngine
{
    /// <summary>Name and version, as it stands in the states that this engine writes.</summary>
    public const string Name = "managed/1";

    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public ManagedDklEngine(CandidateSet candidates, DklOptions options)
        : base(candidates, options)
    {
    }

    public override string Identity => $"{Name} {InstructionSet.Current}";

    private protected override string StateName => Name;

    private protected override TrainingCourse Run(
        TrainingData data, ModelWeights start, int epochs, CancellationToken cancellationToken)
    {
        var loss = new DeepKernelLoss(
            Network, Layout, Features.Gather(data.Candidates), data.Targets, data.ErrorVariances,
            Options.Optimiser.WeightDecay, Options.ThreadCount);
        var loop = new TrainingLoop(loss, Options.Optimiser, Options.ThreadCount);
        loop.Run(start.Network, start.Hyperparameters, epochs, cancellationToken);
        return new TrainingCourse(loop.BestLoss, loop.Epochs, loop.Converged, loop.Diverged);
    }

    private protected override ReadOnlyMemory<float> EmbedAll(float[] weights) =>
        new CandidateEmbedder(Features, Network, Options.ThreadCount).All(weights);
}
