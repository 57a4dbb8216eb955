using System.Collections.Immutable;
using DklActors.Learning.Candidates;
using DklActors.Learning.Ensembles;

namespace DklActors.Learning.Engines;

/// <summary>Engines in plain C#, which need nothing else.</summary>
public sealed class ManagedEngines : IEngineFactory
{
    private ManagedEngines()
    {
    }

    public static ManagedEngines Instance { get; } = new();

    public string Kind => "managed";

    public string Arithmetic => "";

    public IDklEngine Create(CandidateSet candidates, ImmutableArray<EnsembleMember> members) => members.Length == 1
        ? new ManagedDklEngine(candidates, members[0].Options)
        : new EnsembleEngine(candidates, members);
}
