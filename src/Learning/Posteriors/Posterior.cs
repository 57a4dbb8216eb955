using DklActors.Learning.Engines;
using DklActors.Messages.Scalars;

namespace DklActors.Learning.Posteriors;

/// <summary>
/// Belief about the scalar at all M candidates, given a model and N observations; immutable. Values are in the
/// scalarizer's unit, variances in its square.
/// </summary>
public abstract class Posterior
{
    private protected Posterior(CandidateModel model, MeasurementNoise noise)
    {
        Model = model;
        Noise = noise;
    }

    public CandidateModel Model { get; }

    /// <summary>The candidates conditioned on, in order; repeated ones are repeated.</summary>
    public abstract IReadOnlyList<int> Conditioned { get; }

    /// <summary>Number N of observations and fantasies conditioned on.</summary>
    public int Count => Conditioned.Count;

    /// <summary>Posterior mean of the latent function, M values.</summary>
    public abstract ReadOnlySpan<double> Mean { get; }

    /// <summary>Posterior variance of the latent function (without noise), M values, 0 or greater.</summary>
    public abstract ReadOnlySpan<double> Variance { get; }

    /// <summary>
    /// Learned noise variance beyond the observations' own standard errors; see <see cref="NoiseVarianceAt"/>.
    /// </summary>
    public double NoiseVariance => Noise.Learned;

    internal MeasurementNoise Noise { get; }

    /// <summary>Prior variance of the latent function.</summary>
    internal abstract double PriorVariance { get; }

    /// <summary>Conditions a model on all observations.</summary>
    /// <param name="model">The model.</param>
    /// <param name="observations">
    /// N usable observations; none gives the prior. Bad ones are the caller's to leave out.
    /// </param>
    /// <exception cref="ArgumentException">A candidate does not exist, or a value is not finite.</exception>
    /// <exception cref="TrainingFailedException">The kernel matrix does not factorise.</exception>
    public static Posterior Condition(CandidateModel model, IReadOnlyList<Observation> observations)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(observations);
        return model.Condition(observations);
    }

    /// <summary>
    /// Variance by which a measurement at a candidate would scatter about the latent function: learned noise, and the
    /// standard error that a value such as the predicted one comes with.
    /// </summary>
    public double NoiseVarianceAt(int candidate) => Noise.At(Mean[candidate]);

    /// <summary>Half the 68 % interval in which a measurement at a candidate is expected.</summary>
    public double DeviationAt(int candidate) =>
        Model.Shape.HalfWidth68 * Math.Sqrt(Variance[candidate] + NoiseVarianceAt(candidate));

    /// <summary>Half the 68 % interval of the latent function at every candidate: without noise.</summary>
    public double[] LatentDeviations()
    {
        double width = Model.Shape.HalfWidth68;
        return Array.ConvertAll(Variance.ToArray(), variance => width * Math.Sqrt(Math.Max(0, variance)));
    }

    /// <summary>Conditions on one more observation, O(M·N).</summary>
    /// <exception cref="ArgumentException">The candidate does not exist, or the value is not finite.</exception>
    public abstract Posterior With(Observation observation);

    /// <summary>
    /// Conditions on a pending point as if it gave exactly the predicted mean (kriging believer; Ginsbourger, Le
    /// Riche and Carraro 2010): no mean changes, variances shrink.
    /// </summary>
    public abstract Posterior Believe(int candidate);

    /// <summary>Prepares posterior covariances of some candidates with all others.</summary>
    /// <returns>
    /// Adds, for a run of columns, factor × covariance to a block of one row a chosen candidate. The run's start and
    /// length are multiples of the coordinates' alignment. Safe for several threads.
    /// </returns>
    internal abstract CovarianceAdder CovariancesOf(int[] chosen);

    /// <summary>Draws the latent function jointly over all candidates.</summary>
    internal abstract void Draw(ulong seed, int features, Span<double> draw);
}
