using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Learning.Features;
using DklActors.Learning.GaussianProcesses;
using DklActors.Learning.Networks;
using DklActors.Messages.Scalars;

namespace DklActors.Speed.Training;

/// <summary>The training loop of the preset <c>atomai</c> on N observations, from the same start every time.</summary>
internal sealed class Iterations
{
    private readonly DklOptions _options = DklOptions.Preset("atomai");
    private readonly HyperparameterLayout _layout;
    private readonly DeepKernelLoss _loss;
    private readonly MarginalLikelihood _process;
    private readonly double[] _slopes;
    private readonly float[] _start;
    private readonly float[] _weights;
    private readonly int _threads;

    public Iterations(CandidateSet candidates, int count, int threads)
    {
        var features = FeatureMatrix.Create(candidates, _options.Features);
        var network = new EmbeddingNetwork(_options.Network, features.Width);
        Observation[] observations = Scene.Observations(candidates, count);
        var data = TrainingData.Create(observations, candidates.Count);
        _threads = threads;
        _layout = new HyperparameterLayout(_options.Process, network.Dimension, []);
        _loss = new DeepKernelLoss(
            network, _layout, features.Gather(data.Candidates), data.Targets, data.ErrorVariances, weightDecay: 0.0,
            threads);
        _process = new MarginalLikelihood(_layout, data.Targets, data.ErrorVariances, threads);
        _slopes = new double[count * network.Dimension];
        _start = network.Initialise(1);
        _weights = new float[_start.Length];
    }

    /// <summary>The marginal likelihood and its gradients alone, at some embedding.</summary>
    public void EvaluateProcess() => _process.Evaluate(
        _start.AsSpan(0, _slopes.Length), _layout.Start(), new double[_layout.Count], _slopes);

    public void Run(int epochs)
    {
        _start.CopyTo(_weights, 0);
        var loop = new TrainingLoop(_loss, _options.Optimiser, _threads);
        loop.Run(_weights, _layout.Start(), epochs, CancellationToken.None);
        if (loop.Epochs != epochs)
        {
            throw new InvalidOperationException($"Training ended after {loop.Epochs} of {epochs} iterations.");
        }
    }
}
