using System.Collections.Immutable;
using DklActors.Learning.Candidates;
using DklActors.Learning.Ensembles;

namespace DklActors.Learning.Engines;

/// <summary>Makes the engines of one kind: what a learner is computed with.</summary>
public interface IEngineFactory
{
    /// <summary>Name of the kind, as a recipe has it: <c>managed</c>.</summary>
    string Kind { get; }

    /// <summary>
    /// What the bits of a result depend on beside the processor's instruction set, such as
    /// <c>torch/1 libtorch 1.13.0 cpu</c>; empty where there is nothing else.
    /// </summary>
    string Arithmetic { get; }

    /// <summary>One member alone is used as it is, several are weighed by leave-one-out scores.</summary>
    /// <exception cref="ArgumentException">An option is out of range, or there is no member.</exception>
    IDklEngine Create(CandidateSet candidates, ImmutableArray<EnsembleMember> members);
}
