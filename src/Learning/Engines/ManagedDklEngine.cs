using System.Runtime.Intrinsics;
using DklActors.Learning.Candidates;
using DklActors.Learning.Features;
using DklActors.Learning.GaussianProcesses;
using DklActors.Learning.Kernels;
using DklActors.Learning.Networks;
using DklActors.Messages.Models;

namespace DklActors.Learning.Engines;

/// <summary>Deep kernel learning in plain C# with vectors: float32 network, exact float64 Gaussian process.</summary>
/// <remarks>Features are computed once, when it is made. Safe for several threads at a time.</remarks>
public sealed class ManagedDklEngine : IDklEngine
{
    /// <summary>Name and version, as it stands in the states that this engine writes.</summary>
    public const string Name = "managed/1";

    private readonly DklOptions _options;
    private readonly FeatureMatrix _features;
    private readonly EmbeddingNetwork _network;
    private readonly HyperparameterLayout _layout;
    private readonly FeatureFingerprint _fingerprint;

    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public ManagedDklEngine(CandidateSet candidates, DklOptions options)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _features = FeatureMatrix.Create(candidates, options.Features);
        _network = new EmbeddingNetwork(options.Network, _features.Width);
        _layout = new HyperparameterLayout(
            options.Process, _network.Dimension,
            options.Network.Skip == SkipConnection.Identity ? _features.Blocks : []);
        _fingerprint = new FeatureFingerprint(Shape(), candidates, options.Features, _features);
    }

    public string Identity => $"{Name} {InstructionSet}";

    internal static string InstructionSet =>
        Vector512.IsHardwareAccelerated ? "avx512" : Vector256.IsHardwareAccelerated ? "avx2" : "vector128";

    public TrainedModel Train(TrainingRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var data = TrainingData.Create(request.Observations, _features.Count);
        var loss = new DeepKernelLoss(
            _network, _layout, _features.Gather(data.Candidates), data.Targets, data.ErrorVariances,
            _options.Optimiser.WeightDecay, _options.ThreadCount);
        List<string> notes = data.Note is null ? [] : [data.Note];
        ModelWeights? warm = WarmStart(request.WarmStart, notes);
        TrainingLoop? loop = warm is null ? null : Run(loss, warm, _options.Optimiser.MaxWarmEpochs, cancellationToken);
        if (loop is null || double.IsInfinity(loop.BestLoss))
        {
            if (loop is not null)
            {
                notes.Add("The warm start gave no finite loss; trained from the seed.");
            }

            warm = ColdStart(request.Seed);
            loop = Run(loss, warm, _options.Optimiser.MaxEpochs, cancellationToken);
        }

        if (double.IsInfinity(loop.BestLoss))
        {
            throw new TrainingFailedException(
                $"The kernel matrix of {data.Targets.Length} observations did not factorise at the start of training " +
                $"{request.Version}, even with jitter. Raise the least noise variance, or look for extreme scalars.");
        }

        if (loop.Diverged)
        {
            notes.Add($"Training diverged at epoch {loop.Epochs}; kept the best step before it.");
        }

        return Finish(request.Version, warm! with { Scaling = data.Scaling }, loop, notes);
    }

    public CandidateModel Restore(ModelState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return RestoreProcess(state);
    }

    /// <summary>The model where a cold start begins, over the N observations alone in their order.</summary>
    /// <exception cref="TrainingFailedException">There are no observations, or one is unusable.</exception>
    internal ProcessModel Untrained(TrainingRequest request)
    {
        var data = TrainingData.Create(request.Observations, _features.Count);
        ModelWeights start = ColdStart(request.Seed);
        int count = data.Candidates.Length;
        float[] features = _features.Gather(data.Candidates);
        return new ProcessModel(
            request.Version, _network.Dimension,
            _network.Forward(start.Network, features, count, _network.CreateWorkspace(count), threads: 1).ToArray(),
            _layout.Parameters(start.Hyperparameters), data.Scaling);
    }

    internal ProcessModel RestoreProcess(ModelState state) => Embed(state.Version, Decode(state));

    private TrainingLoop Run(DeepKernelLoss loss, ModelWeights start, int epochs, CancellationToken cancellationToken)
    {
        var loop = new TrainingLoop(loss, _options.Optimiser, _options.ThreadCount);
        loop.Run(start.Network, start.Hyperparameters, epochs, cancellationToken);
        return loop;
    }

    private ModelWeights? WarmStart(ModelState? state, List<string> notes)
    {
        if (state is null)
        {
            return null;
        }

        try
        {
            return Decode(state);
        }
        catch (InvalidDataException exception)
        {
            // A refit without its warm start is slower, not wrong.
            notes.Add($"The warm start was not used: {exception.Message}");
            return null;
        }
    }

    private ModelWeights ColdStart(ulong seed)
    {
        float[] weights = new CandidateEmbedder(_features, _network, _options.ThreadCount).Initialise(seed);
        return new ModelWeights(weights, _layout.Start(), default);
    }

    private TrainedModel Finish(int version, ModelWeights weights, TrainingLoop loop, List<string> notes)
    {
        ProcessModel model = Embed(version, weights);
        foreach (float value in model.Embeddings.Span)
        {
            if (!float.IsFinite(value))
            {
                throw new TrainingFailedException(
                    $"Training {version} gave a network whose embedding is not finite. " +
                    "Lower the network's learning rate.");
            }
        }

        double noise = Math.Sqrt(model.Kernel.NoiseVariance) * weights.Scaling.Scale;
        return new TrainedModel(
            new ModelState(Name, version, StateCodec.Encode(weights, _fingerprint)), model,
            new TrainingReport(
                loop.Epochs, loop.BestLoss, loop.Converged, noise, notes.Count > 0 ? string.Join(" ", notes) : null));
    }

    private ProcessModel Embed(int version, ModelWeights weights)
    {
        KernelParameters kernel = _layout.Parameters(weights.Hyperparameters);
        var embedder = new CandidateEmbedder(_features, _network, _options.ThreadCount);
        return new ProcessModel(
            version, _network.Dimension, embedder.All(weights.Network), kernel, weights.Scaling, _options.ThreadCount);
    }

    private ModelWeights Decode(ModelState state) => state.Engine == Name
        ? StateCodec.Decode(state.Content.Span, _fingerprint, _network.ParameterCount, _layout.Count)
        : throw new InvalidDataException(
            $"The model state was written by the engine {state.Engine}, not by {Name}. Train again.");

    // What a state's weights mean depends on the network's and the kernel's shape and on every feature.
    private string Shape()
    {
        NetworkOptions network = _options.Network;
        return $"{string.Join(',', network.HiddenWidths)};{_network.Dimension};{network.Activation};{network.Skip};" +
            $"{_options.Process.Kernel};{_options.Process.Structure};{_options.Process.Lengthscales};" +
            $"{_options.Process.LeastNoiseVariance:R};" +
            $"{_features.Width};{_features.Count};";
    }
}
