using DklActors.Learning.Linear;
using DklActors.Learning.Posteriors;
using DklActors.Learning.Randomness;
using DklActors.Messages.Scalars;

namespace DklActors.Learning.Ensembles;

/// <summary>
/// The belief of a mixture by its first two moments: mean = Σ w·μ, and covariance = Σ w·(C + (μ − mean)(μ − mean)ᵀ),
/// so that where the members disagree the mixture is unsure. Weights stay those of the training.
/// </summary>
internal sealed class MixturePosterior : Posterior
{
    private readonly MixtureModel _model;
    private readonly Posterior[] _members;
    private readonly double[] _mean;
    private readonly double[] _variance;

    public MixturePosterior(MixtureModel model, Posterior[] members)
        : base(model, NoiseOf(model, members))
    {
        _model = model;
        _members = members;
        _mean = new double[model.Count];
        _variance = new double[model.Count];
        for (int k = 0; k < members.Length; k++)
        {
            VectorKernels.AddScaled(WeightOf(k), members[k].Mean, _mean);
            VectorKernels.AddScaled(WeightOf(k), members[k].Variance, _variance);
        }

        for (int k = 0; k < members.Length; k++)
        {
            ReadOnlySpan<double> mean = members[k].Mean;
            for (int i = 0; i < _variance.Length; i++)
            {
                double difference = mean[i] - _mean[i];
                _variance[i] += WeightOf(k) * difference * difference;
            }
        }
    }

    public override IReadOnlyList<int> Conditioned => _members[0].Conditioned;

    public override ReadOnlySpan<double> Mean => _mean;

    public override ReadOnlySpan<double> Variance => _variance;

    internal override double PriorVariance
    {
        get
        {
            double sum = 0.0;
            for (int k = 0; k < _members.Length; k++)
            {
                sum += WeightOf(k) * _members[k].PriorVariance;
            }

            return sum;
        }
    }

    public override Posterior With(Observation observation)
    {
        Model.RequireUsable(observation);
        return new MixturePosterior(_model, Array.ConvertAll(_members, member => member.With(observation)));
    }

    public override Posterior Believe(int candidate)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(candidate);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(candidate, Model.Count);
        return new MixturePosterior(_model, Array.ConvertAll(_members, member => member.Believe(candidate)));
    }

    internal override CovarianceAdder CovariancesOf(int[] chosen)
    {
        CovarianceAdder[] within = Array.ConvertAll(_members, member => member.CovariancesOf(chosen));
        return (factor, start, length, block) =>
        {
            for (int k = 0; k < within.Length; k++)
            {
                within[k](factor * WeightOf(k), start, length, block);
                AddDisagreement(k, factor, chosen, start, length, block);
            }
        };
    }

    /// <summary>A joint draw of one member, which is drawn by its weight: exactly a draw of the mixture.</summary>
    internal override void Draw(ulong seed, int features, Span<double> draw)
    {
        double place = SeededRandom.Derive(seed, RandomPurpose.MemberOfDraw).NextDouble();
        int member = 0;
        for (double sum = WeightOf(0); place >= sum && member < _members.Length - 1; sum += WeightOf(member))
        {
            member++;
        }

        _members[member].Draw(seed, features, draw);
    }

    private static MeasurementNoise NoiseOf(MixtureModel model, Posterior[] members)
    {
        double learned = 0.0;
        for (int k = 0; k < members.Length; k++)
        {
            learned += model.Members[k].Weight * members[k].NoiseVariance;
        }

        return members[0].Noise with { Learned = learned };
    }

    private double WeightOf(int member) => _model.Members[member].Weight;

    private void AddDisagreement(int member, double factor, int[] chosen, int start, int length, Span<double> block)
    {
        ReadOnlySpan<double> mean = _members[member].Mean;
        int end = Math.Min(length, _mean.Length - start);
        for (int a = 0; a < chosen.Length; a++)
        {
            double weighted = factor * WeightOf(member) * (mean[chosen[a]] - _mean[chosen[a]]);
            for (int i = 0; i < end; i++)
            {
                block[(a * length) + i] += weighted * (mean[start + i] - _mean[start + i]);
            }
        }
    }
}
