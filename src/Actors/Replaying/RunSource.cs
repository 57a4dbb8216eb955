using DklActors.Actors.Controlling;
using DklActors.Actors.Experiments;
using DklActors.Journal.Storage;
using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Physics.Scalarizers;

namespace DklActors.Actors.Replaying;

/// <summary>What a run is derived again from: its journal, and what its recipe names; no instrument.</summary>
/// <param name="Journal">Where it is journaled.</param>
/// <param name="Stream">Its stream.</param>
/// <param name="Settings">What it was asked to do, with the places that its journal names.</param>
/// <param name="Scalarizer">The physics that it searched for.</param>
/// <param name="CreateEngine">
/// Makes its learning engine. Several models are trained side by side, so that engines of one thread each are fastest;
/// the number of threads changes no bit.
/// </param>
public sealed record RunSource(
    IJournalReader Journal,
    string Stream,
    ExperimentSettings Settings,
    IScalarizer Scalarizer,
    Func<CandidateSet, IDklEngine> CreateEngine)
{
    /// <summary>Makes what persons chose while the run went on; null where nothing can be chosen.</summary>
    public IRunChoices? Choices { get; init; }
}
