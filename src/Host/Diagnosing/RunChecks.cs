using DklActors.Actors.Experiments;
using DklActors.Host.Journals;
using DklActors.Host.Recipes;
using DklActors.Host.Recipes.Sections;
using DklActors.Host.Running;
using DklActors.Instruments.Ports;
using DklActors.Journal.Storage;
using DklActors.Messages.Events;

namespace DklActors.Host.Diagnosing;

/// <summary>The folder of one run. Changes nothing in it.</summary>
internal static class RunChecks
{
    public static IEnumerable<Finding> Run(string folder)
    {
        string full = Path.GetFullPath(folder);
        if (!RunFolder.HoldsRun(full))
        {
            yield return Finding.Trouble(
                "run", $"{full} holds no run: it has neither run.id nor journal.db", "give the folder of a run");
            yield break;
        }

        bool isInUse = IsInUse(full);
        yield return Finding.Ok("lock", isInUse ? "a process is at work on it" : "no process is at work on it");
        yield return Finding.Of("recipe", () => RecipeOf(full));
        yield return Finding.Of("beam", () => Beam(full, isInUse));
        OpenedRun? run = null;
        Finding? unreadable = null;
        try
        {
            run = OpenedRun.Open(full);
        }
        catch (Exception exception)
        {
            unreadable = Finding.Trouble(
                "journal", exception.Message, "restore it from a backup: 'dkl journal backup' makes them");
        }

        if (run is null)
        {
            yield return unreadable!;
            yield break;
        }

        yield return Finding.Of("journal", () => Journal(run));
        foreach (Finding finding in State(full, run, isInUse))
        {
            yield return finding;
        }
    }

    private static bool IsInUse(string folder)
    {
        string path = Path.Combine(folder, "run.lock");
        if (!File.Exists(path))
        {
            return false;
        }

        try
        {
            new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static Finding RecipeOf(string folder)
    {
        string path = RunFolder.RecipeIn(folder);
        try
        {
            RecipeReader.ReadUsed(path, [], out _);
        }
        catch (RecipeException exception)
        {
            return Finding.Trouble("recipe", exception.Message, "restore recipe.yaml; without it the run cannot go on");
        }

        try
        {
            RecipeReader.Read(path, []);
            return Finding.Ok("recipe", "can be read");
        }
        catch (RecipeException exception)
        {
            return Finding.Warning(
                "recipe", exception.Message, "put the data set back where it was, if the run is to go on");
        }
    }

    private static Finding Beam(string folder, bool isInUse)
    {
        Recipe recipe = RecipeReader.ReadUsed(RunFolder.RecipeIn(folder), [], out _);
        if (recipe.Microscope is BridgeSection bridge)
        {
            return Finding.Ok("beam", $"behind {bridge.Address}, which blanks it when it hears nothing for "
                + $"{bridge.Heartbeat.TotalSeconds:G3} s");
        }

        if (recipe.Microscope.Blanker is not { } blanker)
        {
            return Finding.Ok("beam", "the blanker is within the process: blanked when that has ended");
        }

        try
        {
            return blanker.Open().IsBlanked ? Finding.Ok("beam", $"{blanker}: blanked")
                : isInUse ? Finding.Ok("beam", $"{blanker}: on, under the run")
                : Finding.Trouble(
                    "beam", $"{blanker}: THE BEAM IS ON, and this run does not have it",
                    $"if no other run has it, run 'dkl watchdog --blank-now {blanker}', and look at the microscope");
        }
        catch (InstrumentException exception)
        {
            return Finding.Trouble("beam", exception.Message, "look at the microscope");
        }
    }

    private static Finding Journal(OpenedRun run)
    {
        ChainReport report = run.Journal.Verify();
        return report.IsIntact
            ? Finding.Ok("journal", $"{report.Events} events and {report.Contents} contents, all intact")
            : Finding.Trouble(
                "journal", $"not intact: {report.FirstFault}",
                "keep the folder as it is, and restore a backup beside it; 'dkl journal verify' says more");
    }

    private static IEnumerable<Finding> State(string folder, OpenedRun run, bool isInUse)
    {
        JournalEvent[] events = [];
        Finding? unreadable = null;
        ExperimentState state = ExperimentState.Empty;
        try
        {
            events = [.. run.Read().Select(static stored => stored.Event)];
            state = ExperimentState.Fold(events);
        }
        catch (Exception exception)
        {
            unreadable = Finding.Trouble(
                "state", $"cannot be told from the journal: {exception.Message}", "see 'dkl journal verify'");
        }

        if (unreadable is not null)
        {
            yield return unreadable;
            yield break;
        }

        yield return StateOf(state, isInUse, folder);
        yield return Exposures(events);
        bool hasSummary = File.Exists(Path.Combine(folder, "summary.json"));
        bool isOver = state.Run is not (RunState.New or RunState.Preparing or RunState.Running or RunState.Paused);
        yield return hasSummary || !isOver
            ? Finding.Ok("summary", hasSummary ? "is there" : "comes at the end")
            : Finding.Warning(
                "summary", "is missing: the process ended before it wrote its report",
                $"'dkl run --resume {folder}' writes it, and measures nothing that was measured");
    }

    private static Finding StateOf(ExperimentState state, bool isInUse, string folder)
    {
        string text = $"{state.Run.ToString().ToLowerInvariant()}, {state.Measured} points measured"
            + (state.EndReason is { } why ? $": {why}" : "");
        return state.Run switch
        {
            RunState.Completed => Finding.Ok("state", text),
            _ when isInUse => Finding.Ok("state", text),
            RunState.Interlocked or RunState.Failed => Finding.Warning(
                "state", text, $"mend what it names; then 'dkl run --resume {folder}' goes on"),
            RunState.Stopped or RunState.Aborted or RunState.Halted => Finding.Ok(
                "state", $"{text}; 'dkl run --resume {folder}' goes on"),
            _ => Finding.Warning(
                "state", $"{text}, and its process is gone",
                $"'dkl run --resume {folder}' goes on; a daemon does so at its next start"),
        };
    }

    private static Finding Exposures(JournalEvent[] events)
    {
        int frames = events.OfType<FrameRecorded>().Count();
        int failed = events.OfType<ExposureFailed>().Count();
        int unknown = events.OfType<ExposureOutcomeUnknown>().Count();
        int abandoned = events.OfType<PointAbandoned>().Count();
        string text = $"{frames} frames, {failed} failed, {unknown} of unknown outcome, {abandoned} points given up";
        return abandoned > frames
            ? Finding.Warning(
                "exposures", text, "more points were given up than measured: 'dkl journal tail' and run.log say why")
            : Finding.Ok("exposures", text);
    }
}
