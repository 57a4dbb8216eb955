using DklActors.Actors.Experiments;
using DklActors.Journal.Storage;
using DklActors.Learning.Engines;
using DklActors.Messages.Events;
using DklActors.Messages.Models;

namespace DklActors.Actors.Planning;

/// <summary>What chooses the seeds of a run where a model does. It follows from the run's start and never changes.
/// </summary>
internal static class SeedModel
{
    /// <summary>The model that the run was begun with, or one that was never trained; null where none is needed.
    /// </summary>
    /// <param name="plan">What was asked for at the start.</param>
    /// <param name="runSeed">Seed of the run.</param>
    /// <param name="transferred">What the run's journal says that it was begun with, or null.</param>
    /// <param name="engine">The run's engine.</param>
    /// <param name="contentOf">Reads a content of the run's journal, where the state of that model lies.</param>
    /// <exception cref="InvalidDataException">The state is not one that this engine can restore.</exception>
    /// <exception cref="TrainingFailedException">An untrained network gives nothing that can be used.</exception>
    public static CandidateModel? Of(
        PlanSettings plan,
        ulong runSeed,
        ModelTransferred? transferred,
        IDklEngine engine,
        Func<ContentHash, ReadOnlyMemory<byte>> contentOf)
    {
        if (!plan.ModelChoosesSeeds)
        {
            return null;
        }

        // Whether a person has chosen another scalarizer since is nothing to it: it was chosen by structure alone.
        return transferred is null
            ? engine.Prior(RunSeeds.Design(runSeed))
            : engine.Restore(new ModelState(
                transferred.Engine,
                ModelState.Foreign,
                contentOf(ContentHash.Parse(transferred.StateHash))));
    }
}
