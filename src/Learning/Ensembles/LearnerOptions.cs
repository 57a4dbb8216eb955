using System.Collections.Immutable;
using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;

namespace DklActors.Learning.Ensembles;

/// <summary>What learns: one deep-kernel model, or an ensemble of them.</summary>
/// <param name="Members">The models; one alone is used as it is, several are weighed by leave-one-out scores.</param>
public sealed record LearnerOptions(ImmutableArray<EnsembleMember> Members)
{
    /// <summary>One model alone.</summary>
    public static LearnerOptions Single(DklOptions options) => new([new EnsembleMember("model", options)]);

    /// <summary>What it is computed with.</summary>
    public IEngineFactory Engines { get; init; } = ManagedEngines.Instance;

    /// <summary>The model that stands for all where there can be only one.</summary>
    public DklOptions Main => Members[0].Options;

    /// <summary>The same with every member's options changed.</summary>
    public LearnerOptions Change(Func<DklOptions, DklOptions> change) =>
        this with { Members = [.. Members.Select(member => member with { Options = change(member.Options) })] };

    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public IDklEngine CreateEngine(CandidateSet candidates) => Engines.Create(candidates, Members);
}
