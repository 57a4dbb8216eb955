using DklActors.Learning.Engines;

namespace DklActors.Learning.Optimisation;

/// <summary>How long and how fast to train.</summary>
public sealed record OptimiserOptions
{
    /// <summary>Adam's step for the network's weights.</summary>
    public double NetworkLearningRate { get; init; } = 0.005;

    /// <summary>Adam's step for the logarithms of the hyperparameters and the mean.</summary>
    public double HyperparameterLearningRate { get; init; } = 0.05;

    /// <summary>Most steps of a cold start.</summary>
    public int MaxEpochs { get; init; } = 200;

    /// <summary>Most steps of a refit that continues from a state.</summary>
    public int MaxWarmEpochs { get; init; } = 60;

    /// <summary>
    /// Converged when the best loss (nats per point) has improved by less than this over
    /// <see cref="PatienceInEpochs"/> steps; 0 to take the full number of steps.
    /// </summary>
    public double Tolerance { get; init; } = 1e-3;

    public int PatienceInEpochs { get; init; } = 10;

    /// <summary>
    /// Precision of the weights' normal prior around 0: λ/2·‖w‖² is added to the negative log posterior. At some ten
    /// points a network with less than about 100 explains the noise: the likelihood rises, and the map gets worse.
    /// </summary>
    public double WeightDecay { get; init; } = 100.0;

    /// <exception cref="ArgumentException">An option is out of range.</exception>
    internal void Validate()
    {
        OptionCheck.Require(
            NetworkLearningRate is > 0.0 and <= 1.0, nameof(NetworkLearningRate), NetworkLearningRate, "in (0, 1]");
        OptionCheck.Require(
            HyperparameterLearningRate is > 0.0 and <= 1.0, nameof(HyperparameterLearningRate),
            HyperparameterLearningRate, "in (0, 1]");
        OptionCheck.Require(MaxEpochs is >= 1 and <= 1_000_000, nameof(MaxEpochs), MaxEpochs, "1 to 1000000");
        OptionCheck.Require(
            MaxWarmEpochs is >= 1 and <= 1_000_000, nameof(MaxWarmEpochs), MaxWarmEpochs, "1 to 1000000");
        OptionCheck.Require(Tolerance >= 0.0, nameof(Tolerance), Tolerance, "0 (never converged) or greater");
        OptionCheck.Require(PatienceInEpochs >= 1, nameof(PatienceInEpochs), PatienceInEpochs, "1 or greater");
        OptionCheck.Require(
            WeightDecay >= 0.0 && double.IsFinite(WeightDecay), nameof(WeightDecay), WeightDecay, "0 or greater");
    }
}
