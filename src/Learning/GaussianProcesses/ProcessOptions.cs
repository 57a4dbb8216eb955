using DklActors.Learning.Engines;
using DklActors.Learning.Kernels;

namespace DklActors.Learning.GaussianProcesses;

/// <summary>Kernel, priors and limits of the exact Gaussian process; targets have mean 0 and deviation 1.</summary>
public sealed record ProcessOptions
{
    public KernelKind Kernel { get; init; } = KernelKind.Matern52;

    public KernelStructure Structure { get; init; } = KernelStructure.Product;

    /// <summary>
    /// One a dimension by default: the prior keeps those from overfitting that the data do not settle.
    /// </summary>
    public LengthscaleSharing Lengthscales { get; init; } = LengthscaleSharing.PerDimension;

    /// <summary>
    /// Prior of a lengthscale in units of √d, where d is the embedding's dimension: with standardised features the
    /// typical distance grows so (Hvarfner, Hellsten and Nardi 2024).
    /// </summary>
    public LogNormalPrior LengthscalePrior { get; init; } = new(1.0, 0.7);

    /// <summary>
    /// Prior of position's lengthscale where position is a term of its own, in the same unit: what structure leaves
    /// varies over a part of the image, not over all of it.
    /// </summary>
    public LogNormalPrior PositionLengthscalePrior { get; init; } = new(0.3, 0.7);

    /// <summary>Prior of the output scale (variance of the latent function).</summary>
    public LogNormalPrior VariancePrior { get; init; } = new(1.0, 1.0);

    /// <summary>Prior of the output scales of all terms of a sum but the main one.</summary>
    public LogNormalPrior FurtherVariancePrior { get; init; } = new(0.2, 1.5);

    /// <summary>Prior of the noise variance.</summary>
    public LogNormalPrior NoisePrior { get; init; } = new(0.02, 1.0);

    /// <summary>
    /// Prior of one output's lengthscale over the common one, where several outputs are learned together.
    /// </summary>
    public LogNormalPrior StretchPrior { get; init; } = new(1.0, 0.7);

    /// <summary>Standard deviation of the normal prior of the constant mean, around 0.</summary>
    public double MeanDeviation { get; init; } = 1.0;

    /// <summary>Noise variance is never below this.</summary>
    public double LeastNoiseVariance { get; init; } = 1e-5;

    /// <exception cref="ArgumentException">An option is out of range.</exception>
    internal void Validate()
    {
        OptionCheck.Require(Enum.IsDefined(Kernel), nameof(Kernel), Kernel, "rbf or matern52");
        OptionCheck.Require(Enum.IsDefined(Lengthscales), nameof(Lengthscales), Lengthscales, "a known sharing");
        OptionCheck.Require(Enum.IsDefined(Structure), nameof(Structure), Structure, "product or a sum over blocks");
        RequireValid(LengthscalePrior, nameof(LengthscalePrior));
        RequireValid(PositionLengthscalePrior, nameof(PositionLengthscalePrior));
        RequireValid(FurtherVariancePrior, nameof(FurtherVariancePrior));
        RequireValid(VariancePrior, nameof(VariancePrior));
        RequireValid(NoisePrior, nameof(NoisePrior));
        RequireValid(StretchPrior, nameof(StretchPrior));
        OptionCheck.Require(MeanDeviation > 0.0, nameof(MeanDeviation), MeanDeviation, "greater than 0");
        OptionCheck.Require(
            LeastNoiseVariance is >= 1e-10 and <= 1.0, nameof(LeastNoiseVariance), LeastNoiseVariance, "1e-10 to 1");
    }

    private static void RequireValid(LogNormalPrior prior, string name) => OptionCheck.Require(
        prior.IsValid, name, prior, "a prior of positive, finite median and positive deviation");
}
