using DklActors.Messages.Events;

namespace DklActors.Journal.Export;

/// <summary>How a run ended.</summary>
/// <param name="ExitStatus">In Bluesky's words: success, abort (by a person), fail.</param>
/// <param name="Reason">Why, and who ended it.</param>
public sealed record RunEnd(string ExitStatus, string Reason)
{
    /// <summary>The end that an event tells of, or null where the run goes on after it or was broken off.</summary>
    public static RunEnd? Of(JournalEvent last) => last switch
    {
        ExperimentCompleted completed => new RunEnd("success", completed.Reason),
        ExperimentStopped stopped => new RunEnd("abort", $"Stopped by {stopped.By}: {stopped.Reason}"),
        ExperimentAborted aborted => new RunEnd("abort", $"Aborted by {aborted.By}: {aborted.Reason}"),
        ExperimentHalted halted => new RunEnd("abort", $"Halted by {halted.By}: {halted.Reason}"),
        ExperimentInterlocked interlocked => new RunEnd("fail", $"Interlocked: {interlocked.Reason}"),
        ExperimentFailed failed => new RunEnd("fail", failed.Reason),
        _ => null,
    };
}
