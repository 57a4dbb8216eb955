using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Learning.Features;
using DklActors.Learning.GaussianProcesses;
using DklActors.Learning.Kernels;
using DklActors.Learning.Networks;
using DklActors.Learning.Posteriors;
using DklActors.Messages.Models;
using DklActors.Messages.Scalars;

namespace DklActors.Learning.Vectors;

/// <summary>
/// Deep kernel learning of whole frames: their principal components are the outputs of one network, each under its
/// own Gaussian process.
/// </summary>
/// <remarks>
/// Vector DKL: structure to spectra by one embedding (Roccapriore, Kalinin and Ziatdinov 2022, "Physics discovery in
/// nanoplasmonic systems via autonomous experiments in STEM", Adv. Sci. 9, 2203422, for the scalar loop; Roccapriore
/// et al. 2021, "Predictability of localized plasmonic responses in nanoparticle assemblies", Small 17, 2100181, for
/// im2spec). Components as independent outputs: Higdon et al. 2008, J. Am. Stat. Assoc. 103, 570.
/// </remarks>
public sealed class VectorLearner
{
    private readonly VectorOptions _options;
    private readonly FeatureMatrix _features;
    private readonly EmbeddingNetwork _network;
    private readonly HyperparameterLayout _layout;
    private readonly CandidateEmbedder _embedder;
    private readonly int _threads;

    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public VectorLearner(CandidateSet candidates, VectorOptions options)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        DklOptions model = options.Model;
        _options = options;
        _threads = model.ThreadCount;
        _features = FeatureMatrix.Create(candidates, model.Features);
        _network = new EmbeddingNetwork(model.Network, _features.Width);
        _layout = new HyperparameterLayout(
            model.Process, _network.Dimension, _network.StartsAtFeatures ? _features.Blocks : []);
        _embedder = new CandidateEmbedder(_features, _network, _threads);
    }

    /// <param name="measured">The N measured candidates.</param>
    /// <param name="frames">Their frames, C channels each.</param>
    /// <param name="cancellationToken">Noticed at the next epoch boundary.</param>
    /// <exception cref="ArgumentException">The frames cannot be used; the message says why.</exception>
    /// <exception cref="TrainingFailedException">No model came of it.</exception>
    public VectorModel Learn(
        IReadOnlyList<int> measured, IReadOnlyList<ReadOnlyMemory<float>> frames, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(measured);
        ArgumentNullException.ThrowIfNull(frames);
        return Learn(
            measured, FrameComponents.Fit(frames, _options.Components, _options.Seed, _threads), cancellationToken);
    }

    /// <summary>As above, from components that are known already.</summary>
    /// <exception cref="TrainingFailedException">No model came of it.</exception>
    public VectorModel Learn(
        IReadOnlyList<int> measured, FrameComponents components, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(measured);
        ArgumentNullException.ThrowIfNull(components);
        int outputs = components.Count;
        if (outputs == 0)
        {
            return new VectorModel(
                components, _features.Count, [], [], [],
                new TrainingReport(0, double.NaN, true, double.NaN, "No component stands out of the noise."));
        }

        TrainingData[] data = new TrainingData[outputs];
        for (int k = 0; k < outputs; k++)
        {
            data[k] = TrainingData.Create(ObservationsOf(measured, components, k), _features.Count);
        }

        var likelihood = new MultiOutputLikelihood(
            _layout, Array.ConvertAll(data, static one => one.Targets),
            Array.ConvertAll(data, static one => one.ErrorVariances), _threads);
        var loss = new DeepKernelLoss(
            _network, likelihood, _features.Gather(data[0].Candidates), measured.Count,
            _options.Model.Optimiser.WeightDecay, _threads);
        float[] weights = _embedder.Initialise(_options.Seed);
        double[] hyperparameters = likelihood.Start();
        var loop = new TrainingLoop(loss, _options.Model.Optimiser, _threads);
        loop.Run(weights, hyperparameters, _options.Model.Optimiser.MaxEpochs, cancellationToken);
        if (double.IsInfinity(loop.BestLoss))
        {
            throw new TrainingFailedException(
                $"A kernel matrix of {measured.Count} frames did not factorise at the start, even with jitter. " +
                "Raise the least noise variance, or leave extreme frames out.");
        }

        return Predict(measured, components, data, _embedder.All(weights), likelihood, hyperparameters, loop);
    }

    private VectorModel Predict(
        IReadOnlyList<int> measured, FrameComponents components, TrainingData[] data, ReadOnlyMemory<float> embeddings,
        MultiOutputLikelihood likelihood, double[] hyperparameters, TrainingLoop loop)
    {
        int outputs = components.Count, count = _features.Count;
        double[] means = new double[count * outputs], variances = new double[count * outputs];
        ComponentModel[] models = new ComponentModel[outputs];
        for (int k = 0; k < outputs; k++)
        {
            // One after the other: each holds N × M values while it is computed.
            KernelParameters kernel = _layout.Parameters(likelihood.Of(k, hyperparameters));
            models[k] = new ComponentModel(
                new ProcessModel(1, _network.Dimension, embeddings, kernel, data[k].Scaling, _threads),
                ObservationsOf(measured, components, k));
            Posterior posterior = models[k].Condition();
            for (int i = 0; i < count; i++)
            {
                means[(i * outputs) + k] = posterior.Mean[i];

                // Counting noise stands in the frames' own errors; what else was learned as noise is structure that
                // the image does not tell, and the true frame has it.
                variances[(i * outputs) + k] = posterior.Variance[i] + posterior.NoiseVariance;
            }
        }

        string? note = loop.Diverged
            ? $"Training diverged at epoch {loop.Epochs}; kept the best step before it." : null;
        return new VectorModel(
            components, count, means, variances, models,
            new TrainingReport(loop.Epochs, loop.BestLoss, loop.Converged, double.NaN, note));
    }

    private static Observation[] ObservationsOf(
        IReadOnlyList<int> measured, FrameComponents components, int component)
    {
        double[] scores = components.ScoresOf(component), noise = components.ScoreNoise(component);
        return
        [
            .. measured.Select((candidate, i) => new Observation(candidate, scores[i], Math.Sqrt(noise[i]))),
        ];
    }
}
