using DklActors.Learning.Engines;
using DklActors.Learning.Features;
using DklActors.Learning.GaussianProcesses;
using DklActors.Learning.Kernels;
using DklActors.Learning.Networks;
using DklActors.Learning.Randomness;
using DklActors.Torch.Engines;
using DklActors.Torch.Tests.TestSupport;

namespace DklActors.Torch.Tests.Engines;

/// <summary>One loss, computed by the managed engine and by libtorch from the same numbers.</summary>
internal sealed class LossProblem
{
    private const int Features = 6;
    private const double WeightDecay = 0.7;

    private readonly EmbeddingNetwork _network;
    private readonly HyperparameterLayout _layout;
    private readonly ProcessOptions _process;
    private readonly NetworkOptions _options;
    private readonly float[] _features;
    private readonly TrainingData _data;

    public LossProblem(ProcessOptions process, NetworkOptions options, int count = 23)
    {
        (_process, _options) = (process, options);
        _network = new EmbeddingNetwork(options, Features);
        _layout = new HyperparameterLayout(
            process, _network.Dimension,
            options.Skip == SkipConnection.Identity
                ? [new FeatureSpan("a", 0, 2, false), new FeatureSpan("b", 2, 2, true),
                    new FeatureSpan(PositionFeatures.Name, 4, 2, true)]
                : []);
        SeededRandom random = SeededRandom.Derive(11, RandomPurpose.SeedDesign);
        double[] targets = [.. Enumerable.Range(0, count).Select(_ => random.NextGaussian())];
        double[] errors = [.. Enumerable.Range(0, count).Select(_ => 0.05 * random.NextDouble())];
        _data = new TrainingData([.. Enumerable.Range(0, count)], targets, errors, new TargetScaling(0.0, 1.0), null);
        _features = [.. Enumerable.Range(0, count * Features).Select(_ => (float)random.NextGaussian())];
        Weights = [.. Enumerable.Range(0, _network.ParameterCount).Select(_ => (float)(0.5 * random.NextGaussian()))];
        Hyperparameters = [.. _layout.Start().Select(value => value + (0.3 * random.NextGaussian()))];
    }

    private static Device Device => torch.device(TorchNeeded.Device);

    public float[] Weights { get; }

    public double[] Hyperparameters { get; }

    public Outcome Managed()
    {
        float[] weightSlopes = new float[Weights.Length];
        double[] slopes = new double[Hyperparameters.Length];
        double loss = new DeepKernelLoss(
            _network, _layout, _features, _data.Targets, _data.ErrorVariances, WeightDecay, threads: 1)
            .Evaluate(Weights, Hyperparameters, weightSlopes, slopes);
        return new Outcome(loss, Array.ConvertAll(weightSlopes, static slope => (double)slope), slopes);
    }

    /// <param name="type">Type of the network's numbers.</param>
    /// <param name="mayWait">Whether it goes the way of a processor or that of a GPU.</param>
    /// <param name="change">What to move, by how much: a weight, or a hyperparameter after them.</param>
    public Outcome Torch(ScalarType type, bool mayWait = true, (int Index, double Step) change = default)
    {
        using var scope = torch.NewDisposeScope();
        using var process = new DeviceProcess(_layout, _process, _data, Device, mayWait);
        using var training = new DeviceTraining(
            new DeviceNetwork(_network, _options), process,
            torch.tensor(_features, [_data.Targets.Length, Features], dtype: type, device: Device), Weights,
            Hyperparameters,
            new Learning.Optimisation.OptimiserOptions { WeightDecay = WeightDecay }, mayWait);
        if (change.Step != 0.0)
        {
            Tensor moved = change.Index < Weights.Length ? training.Weights : training.Hyperparameters;
            int place = change.Index < Weights.Length ? change.Index : change.Index - Weights.Length;
            using IDisposable silent = torch.no_grad();
            moved.narrow(0, place, 1).add_(torch.full([1], change.Step, dtype: float64, device: Device));
        }

        double loss = training.Evaluate().item<double>();
        double[] weightSlopes = training.Weights.grad?.to(float64).cpu().data<double>().ToArray() ?? [];
        return new Outcome(loss, weightSlopes, training.Hyperparameters.grad!.cpu().data<double>().ToArray());
    }

    /// <summary>Whether the best weights of a training still hang on to the steps that led to them.</summary>
    public bool KeepsItsPast(bool mayWait)
    {
        using var scope = torch.NewDisposeScope();
        using var process = new DeviceProcess(_layout, _process, _data, Device, mayWait);
        using var training = new DeviceTraining(
            new DeviceNetwork(_network, _options), process,
            torch.tensor(_features, [_data.Targets.Length, Features], device: Device), Weights,
            Hyperparameters, new Learning.Optimisation.OptimiserOptions(), mayWait);
        training.Run(3, CancellationToken.None);
        return training.Course.BestWeights.requires_grad;
    }

    /// <param name="Loss">Nats per point.</param>
    /// <param name="Weights">Slopes with respect to the network's parameters.</param>
    /// <param name="Hyperparameters">Slopes with respect to the hyperparameters.</param>
    internal sealed record Outcome(double Loss, double[] Weights, double[] Hyperparameters);
}
