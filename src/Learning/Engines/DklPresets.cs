using DklActors.Learning.Features;
using DklActors.Learning.GaussianProcesses;
using DklActors.Learning.Kernels;
using DklActors.Learning.Networks;
using DklActors.Learning.Optimisation;

namespace DklActors.Learning.Engines;

/// <summary>Named sets of options.</summary>
public static class DklPresets
{
    private static readonly Dictionary<string, Func<DklOptions>> Presets = new(StringComparer.Ordinal)
    {
        ["dkl"] = static () => new DklOptions(),
        ["features"] = static () => new DklOptions { Network = NetworkOptions.None },
        ["position"] = static () => new DklOptions
        {
            Features = FeatureOptions.Nothing with { Position = true },
            Network = NetworkOptions.None,
            Process = new ProcessOptions { Structure = KernelStructure.SumOverBlocks },
        },
        ["pca"] = static () => new DklOptions
        {
            Features = FeatureOptions.Nothing with { PrincipalComponents = 8 },
            Network = NetworkOptions.None,
            Process = new ProcessOptions
            {
                Kernel = KernelKind.Rbf,
                Lengthscales = LengthscaleSharing.All,
                LengthscalePrior = new LogNormalPrior(1.0, 1.0),
                NoisePrior = new LogNormalPrior(0.01, 1.5),
            },
        },
        ["atomai"] = AtomAi,
    };

    /// <summary>
    /// <c>dkl</c>: jets, components and position, refined by a residual network. <c>features</c>: the same without
    /// a network. <c>position</c>: row and column alone. <c>pca</c>: eight principal components of the patch, isotropic
    /// RBF kernel, no network.
    /// <c>atomai</c>: the network of AtomAI's dklGPR.
    /// </summary>
    public static IReadOnlyList<string> Names { get; } = [.. Presets.Keys];

    /// <exception cref="ArgumentException">There is no preset of that name.</exception>
    public static DklOptions Create(string name) => Presets.TryGetValue(name, out Func<DklOptions>? preset)
        ? preset()
        : throw new ArgumentException(
            $"There is no learning preset '{name}'. Choose one of {string.Join(", ", Names)}.", nameof(name));

    // pycroscopy/atomai, dklGPR: patch pixels → 1000 → 500 → 50 → 2, ReLU, ARD RBF kernel without priors, every scale
    // starting at softplus(0) = ln 2, Adam at 0.01, 200 cycles. Its inducing grid is replaced by the exact process, its
    // scaling of the embedding to [−1, 1] by unit deviation at the start.
    private static DklOptions AtomAi() => new()
    {
        Features = FeatureOptions.Nothing with { Pixels = true },
        Network = new NetworkOptions
        {
            HiddenWidths = [1000, 500, 50],
            EmbeddingDimension = 2,
            Activation = Activation.Relu,
            Skip = SkipConnection.None,
        },
        Process = new ProcessOptions
        {
            Kernel = KernelKind.Rbf,
            Lengthscales = LengthscaleSharing.PerDimension,
            LengthscalePrior = new LogNormalPrior(Math.Log(2.0) / Math.Sqrt(2.0), double.PositiveInfinity),
            VariancePrior = new LogNormalPrior(Math.Log(2.0), double.PositiveInfinity),
            NoisePrior = new LogNormalPrior(Math.Log(2.0), double.PositiveInfinity),
            MeanDeviation = double.PositiveInfinity,
        },
        Optimiser = new OptimiserOptions
        {
            NetworkLearningRate = 0.01,
            HyperparameterLearningRate = 0.01,
            MaxEpochs = 200,
            MaxWarmEpochs = 200,
            Tolerance = 0.0,
            WeightDecay = 0.0,
        },
    };
}
