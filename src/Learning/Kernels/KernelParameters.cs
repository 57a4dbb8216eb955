using System.Collections.Immutable;

namespace DklActors.Learning.Kernels;

/// <summary>Learned hyperparameters of the Gaussian process, in units of the standardised targets.</summary>
/// <param name="Kind">Covariance function.</param>
/// <param name="Lengthscales">One a dimension of the embedding, in its units; equal where they are shared.</param>
/// <param name="Variance">Output scale s, the latent function's prior variance.</param>
/// <param name="NoiseVariance">Variance of Gaussian noise beyond the observations' own standard errors.</param>
/// <param name="Mean">Constant prior mean.</param>
public sealed record KernelParameters(
    KernelKind Kind, ImmutableArray<double> Lengthscales, double Variance, double NoiseVariance, double Mean);
