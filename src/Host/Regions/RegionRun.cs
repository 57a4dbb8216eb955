using DklActors.Actors.Experiments;
using DklActors.Host.Running;
using DklActors.Journal.Storage;
using DklActors.Messages;
using DklActors.Messages.Models;

namespace DklActors.Host.Regions;

/// <summary>How far the run of a region has come, by its journal.</summary>
internal static class RegionRun
{
    /// <summary>The fold of its events; empty for one that has not begun.</summary>
    /// <exception cref="JournalException">The journal cannot be read.</exception>
    public static ExperimentState StateIn(string folder) =>
        ExperimentState.Fold(RunJournal.EventsIn(folder).Select(static stored => stored.Event));

    /// <summary>
    /// Its last model, for the next region to start from; null where there is none, or where it is of a scalarizer that
    /// a person chose while the run went on: what it learned is of another number.
    /// </summary>
    /// <exception cref="JournalException">The journal cannot be read.</exception>
    public static TransferredModel? ModelIn(string folder)
    {
        ExperimentState state = StateIn(folder);
        return state is { Model: { } model, Scalarizer: null, Started: { } started }
            ? new TransferredModel(
                new ModelState(
                    model.Engine, ModelState.Foreign,
                    RunJournal.OpenForReading(folder).ReadContent(ContentHash.Parse(model.StateHash))),
                started.RunId,
                model.Version,
                model.Observations)
            : null;
    }
}
