using System.Collections.Immutable;

namespace DklActors.Learning.Kernels;

/// <summary>Learned hyperparameters of the Gaussian process, in units of the standardised targets.</summary>
/// <param name="Kind">Covariance function of every term.</param>
/// <param name="Lengthscales">One a dimension of the embedding, in its units; equal where they are shared.</param>
/// <param name="Terms">The summands; one over all dimensions, or one a block of features.</param>
/// <param name="NoiseVariance">Variance of Gaussian noise beyond the observations' own standard errors.</param>
/// <param name="Mean">Constant prior mean.</param>
public sealed record KernelParameters(
    KernelKind Kind,
    ImmutableArray<double> Lengthscales,
    ImmutableArray<KernelTerm> Terms,
    double NoiseVariance,
    double Mean)
{
    /// <summary>A kernel of one term over all dimensions.</summary>
    public KernelParameters(
        KernelKind kind, ImmutableArray<double> lengthscales, double variance, double noiseVariance, double mean)
        : this(kind, lengthscales, [new KernelTerm(0, lengthscales.Length, variance)], noiseVariance, mean)
    {
    }

    /// <summary>The latent function's prior variance: the sum over the terms.</summary>
    public double Variance => Terms.Sum(static term => term.Variance);
}
