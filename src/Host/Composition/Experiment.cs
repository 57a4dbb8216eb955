using DklActors.Actors.Experiments;
using DklActors.Actors.Interlock;
using DklActors.Host.Commands;
using DklActors.Host.Recipes;
using DklActors.Instruments.Ports;
using DklActors.Journal.Storage;
using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Messages.Frames;
using DklActors.Physics.Scalarizers;

namespace DklActors.Host.Composition;

/// <summary>A recipe resolved: everything but the journal.</summary>
internal sealed record Experiment(RunDesign Design, IInstrument Microscope)
{
    public Recipe Recipe => Design.Recipe;

    public IScalarizer Scalarizer => Design.Scalarizer;

    public Func<CandidateSet, IDklEngine> CreateEngine => Design.Learner.CreateEngine;

    public Func<string, ExperimentSettings> SettingsFor => Design.SettingsFor;

    /// <summary>What a run of it works with.</summary>
    /// <param name="journal">Where it is recorded.</param>
    /// <param name="folder">Folder on the disk that must not fill up.</param>
    /// <param name="time">The clock of everything that waits.</param>
    public ExperimentPorts PortsTo(IEventStore journal, string folder, TimeProvider time) => new(
        HeldMicroscope.Of(Microscope),
        journal,
        Scalarizer,
        CreateEngine,
        [
            new FreeDiskSuspender(folder, Recipe.Limits.MinimumFreeDiskBytes, FreeDiskSuspender.FreeBytesOf),
            .. Microscope.Conditions.Select(static condition => new InstrumentSuspender(condition)),
        ],
        time)
    {
        Choices = Design.Choices,
    };

    /// <summary>The places of a structural image that can be measured, by the same rule as a run finds them.</summary>
    /// <exception cref="ArgumentException">No patch fits, or the image cannot be used.</exception>
    public CandidateSet CandidatesIn(StructuralImage image) =>
        CandidateSet.Among(image, Recipe.Patch, Microscope.Places.Sites);

    /// <summary>What every point would give.</summary>
    /// <exception cref="UsageException">The instrument has to measure to know.</exception>
    public IKnownTruth RequireTruth() => Microscope.Truth
        ?? throw new UsageException(
            $"{Microscope.Description} has to measure to know what a point gives; take a recipe with microscope.kind "
            + "preacquired or simulated.");
}
