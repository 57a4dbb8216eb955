using DklActors.Actors.Experiments;
using DklActors.Instruments.Ports;
using DklActors.Journal.Files;
using DklActors.Journal.Storage;
using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;

namespace DklActors.Host.Running;

/// <summary>
/// What may be put between a run and the world. Nothing in the product; a fault test wraps the ports, so that the run
/// that it breaks is composed as every other.
/// </summary>
internal sealed record RunWiring
{
    public static RunWiring Plain { get; } = new();

    /// <summary>Wraps the instrument that the pipeline sees; the run disposes of the one within.</summary>
    public Func<IMicroscope, IMicroscope> Microscope { get; init; } = static microscope => microscope;

    /// <summary>Wraps the journal as the pipeline sees it; the one that is wrapped is disposed of by the run.</summary>
    public Func<IEventStore, IEventStore> Journal { get; init; } = static store => store;

    /// <summary>Changes what no recipe says, such as how often a state is kept.</summary>
    public Func<ExperimentSettings, ExperimentSettings> Settings { get; init; } = static settings => settings;

    /// <summary>Puts something before the engine, such as trainings that leave the machine.</summary>
    public Func<ExperimentSettings, CandidateSet, IDklEngine, IDklEngine> Engine { get; init; } =
        static (_, _, engine) => engine;

    /// <summary>How frames and models become durable.</summary>
    public IDurableFiles Files { get; init; } = LocalFiles.Instance;
}
