using DklActors.Learning.Candidates;
using DklActors.Learning.Features;
using DklActors.Learning.GaussianProcesses;
using DklActors.Learning.Kernels;
using DklActors.Learning.Networks;
using DklActors.Messages.Models;

namespace DklActors.Learning.Engines;

/// <summary>
/// What is the same whatever computes a model: its data, its start, its state and its report. Who derives from it
/// trains the weights and sends the candidates through the network.
/// </summary>
/// <remarks>Features are computed once, when it is made. Safe for several threads at a time.</remarks>
public abstract class DklEngine : IDklEngine
{
    private readonly FeatureFingerprint _fingerprint;

    /// <exception cref="ArgumentException">An option is out of range.</exception>
    private protected DklEngine(CandidateSet candidates, DklOptions options)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Options = options;
        Features = FeatureMatrix.Create(candidates, options.Features);
        Network = new EmbeddingNetwork(options.Network, Features.Width);
        Layout = new HyperparameterLayout(
            options.Process, Network.Dimension,
            options.Network.Skip == SkipConnection.Identity ? Features.Blocks : []);
        _fingerprint = new FeatureFingerprint(Shape(), candidates, options.Features, Features);
    }

    public abstract string Identity { get; }

    private protected DklOptions Options { get; }

    private protected FeatureMatrix Features { get; }

    private protected EmbeddingNetwork Network { get; }

    private protected HyperparameterLayout Layout { get; }

    /// <summary>Name and version, as it stands in the states that this engine writes.</summary>
    private protected abstract string StateName { get; }

    public TrainedModel Train(TrainingRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var data = TrainingData.Create(request.Observations, Features.Count);
        List<string> notes = data.Note is null ? [] : [data.Note];
        ModelWeights? warm = WarmStart(request.WarmStart, notes);
        TrainingCourse? course =
            warm is null ? null : Run(data, warm, Options.Optimiser.MaxWarmEpochs, cancellationToken);
        if (course is not { } done || double.IsInfinity(done.BestLoss))
        {
            if (course is not null)
            {
                notes.Add("The warm start gave no finite loss; trained from the seed.");
            }

            warm = ColdStart(request.Seed);
            done = Run(data, warm, Options.Optimiser.MaxEpochs, cancellationToken);
        }

        if (double.IsInfinity(done.BestLoss))
        {
            throw new TrainingFailedException(
                $"The kernel matrix of {data.Targets.Length} observations did not factorise at the start of training " +
                $"{request.Version}, even with jitter. Raise the least noise variance, or look for extreme scalars.");
        }

        if (done.Diverged)
        {
            notes.Add($"Training diverged at epoch {done.Epochs}; kept the best step before it.");
        }

        return Finish(request.Version, warm! with { Scaling = data.Scaling }, done, notes);
    }

    public CandidateModel Restore(ModelState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return RestoreProcess(state);
    }

    public CandidateModel Prior(ulong seed) => PriorProcess(seed);

    /// <summary>The model where a cold start begins, over the N observations alone in their order.</summary>
    /// <exception cref="TrainingFailedException">There are no observations, or one is unusable.</exception>
    internal ProcessModel Untrained(TrainingRequest request)
    {
        var data = TrainingData.Create(request.Observations, Features.Count);
        ModelWeights start = ColdStart(request.Seed);
        int count = data.Candidates.Length;
        float[] features = Features.Gather(data.Candidates);
        return new ProcessModel(
            request.Version, Network.Dimension,
            Network.Forward(start.Network, features, count, Network.CreateWorkspace(count), threads: 1).ToArray(),
            Layout.Parameters(start.Hyperparameters), data.Scaling);
    }

    internal ProcessModel RestoreProcess(ModelState state)
    {
        ProcessModel model = Embed(state.Version, Decode(state));
        return IsFinite(model) ? model : throw new InvalidDataException(
            $"The model state {state.Version} gives an embedding that is not finite. Train again.");
    }

    internal ProcessModel PriorProcess(ulong seed)
    {
        ProcessModel model = Embed(ModelState.Foreign, ColdStart(seed) with { Scaling = TargetScaling.None });
        return IsFinite(model) ? model : throw new TrainingFailedException(
            "The untrained network gives an embedding that is not finite. Look for extreme values in the image.");
    }

    /// <summary>Trains in place; weights and hyperparameters end at the best step.</summary>
    /// <exception cref="OperationCanceledException">Cancelled, noticed at the next epoch boundary.</exception>
    private protected abstract TrainingCourse Run(
        TrainingData data, ModelWeights start, int epochs, CancellationToken cancellationToken);

    /// <summary>Embeddings of all M candidates, M × d.</summary>
    private protected abstract ReadOnlyMemory<float> EmbedAll(float[] weights);

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

    // The same weights whatever trains them: they are drawn here.
    private ModelWeights ColdStart(ulong seed)
    {
        float[] weights = new CandidateEmbedder(Features, Network, Options.ThreadCount).Initialise(seed);
        return new ModelWeights(weights, Layout.Start(), default);
    }

    private TrainedModel Finish(int version, ModelWeights weights, TrainingCourse course, List<string> notes)
    {
        ProcessModel model = Embed(version, weights);
        if (!IsFinite(model))
        {
            throw new TrainingFailedException(
                $"Training {version} gave a network whose embedding is not finite. " +
                "Lower the network's learning rate.");
        }

        double noise = Math.Sqrt(model.Kernel.NoiseVariance) * weights.Scaling.Scale;
        return new TrainedModel(
            new ModelState(StateName, version, StateCodec.Encode(weights, _fingerprint)), model,
            new TrainingReport(
                course.Epochs, course.BestLoss, course.Converged, noise,
                notes.Count > 0 ? string.Join(" ", notes) : null));
    }

    private static bool IsFinite(ProcessModel model)
    {
        foreach (float value in model.Embeddings.Span)
        {
            if (!float.IsFinite(value))
            {
                return false;
            }
        }

        return true;
    }

    private ProcessModel Embed(int version, ModelWeights weights)
    {
        KernelParameters kernel = Layout.Parameters(weights.Hyperparameters);
        return new ProcessModel(
            version, Network.Dimension, EmbedAll(weights.Network), kernel, weights.Scaling, Options.ThreadCount);
    }

    private ModelWeights Decode(ModelState state)
    {
        EngineNames.RequireOneOf(EngineNames.OfModels, state.Engine);
        return StateCodec.Decode(
            state.Content.Span, state.IsForeign ? null : _fingerprint, Network.ParameterCount, Layout.Count);
    }

    // What a state's weights mean depends on the network's and the kernel's shape and on every feature.
    private string Shape()
    {
        NetworkOptions network = Options.Network;
        return $"{string.Join(',', network.HiddenWidths)};{Network.Dimension};{network.Activation};{network.Skip};" +
            $"{Options.Process.Kernel};{Options.Process.Structure};{Options.Process.Lengthscales};" +
            $"{Options.Process.LeastNoiseVariance:R};" +
            $"{Features.Width};{Features.Count};";
    }
}
