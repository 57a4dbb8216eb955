using System.Collections.Immutable;
using DklActors.Learning.Engines;
using DklActors.Learning.Posteriors;
using DklActors.Messages.Scalars;

namespace DklActors.Learning.Ensembles;

/// <summary>Several processes over the same candidates, each with its weight.</summary>
public sealed class MixtureModel : CandidateModel
{
    /// <param name="version">Version of the training that made it.</param>
    /// <param name="members">The members, at least one; the weights sum to 1.</param>
    /// <param name="threads">Most threads that work on this model's posteriors.</param>
    /// <exception cref="ArgumentException">
    /// There is no member, or they differ in their candidates or scaling.
    /// </exception>
    public MixtureModel(int version, ImmutableArray<WeightedProcess> members, int threads)
        : base(
            version, members.IsDefaultOrEmpty ? 0 : members[0].Process.Count,
            members.IsDefaultOrEmpty ? default : members[0].Process.Scaling, threads)
    {
        if (members.IsDefaultOrEmpty
            || members.Any(member => member.Process.Count != Count || member.Process.Scaling != Scaling))
        {
            throw new ArgumentException(
                "A mixture needs one member or more, all over the same candidates and observations.", nameof(members));
        }

        Members = members;
    }

    public ImmutableArray<WeightedProcess> Members { get; }

    internal override Posterior Condition(IReadOnlyList<Observation> observations) =>
        new MixturePosterior(this, [.. Members.Select(member => member.Process.Condition(observations))]);
}
