using DklActors.Actors.Controlling;
using DklActors.Instruments.Ports;
using DklActors.Journal.Storage;
using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Physics.Scalarizers;

namespace DklActors.Actors.Experiments;

/// <summary>Everything outside the actors that an experiment works with.</summary>
/// <param name="Microscope">The instrument; its beam is only ever unblanked through the beam guard.</param>
/// <param name="Journal">Where events and frames become durable.</param>
/// <param name="Scalarizer">The physics that is searched for.</param>
/// <param name="CreateEngine">Makes the learning engine once the candidates are known.</param>
/// <param name="Conditions">Conditions outside the experiment under which exposures are held back.</param>
/// <param name="Time">The clock of everything that waits or measures a duration.</param>
public sealed record ExperimentPorts(
    IMicroscope Microscope,
    IEventStore Journal,
    IScalarizer Scalarizer,
    Func<CandidateSet, IDklEngine> CreateEngine,
    IReadOnlyList<Interlock.ISuspender> Conditions,
    TimeProvider Time)
{
    /// <summary>Makes what persons choose while the run goes on; null where nothing can be chosen.</summary>
    public IRunChoices? Choices { get; init; }

    /// <summary>Runs what would keep an actor from its messages: reading a journal, features, training.</summary>
    public TaskScheduler Background { get; init; } = TaskScheduler.Default;
}
