using DklActors.Actors.Experiments;
using DklActors.Host.Running;
using DklActors.Host.Serving.Contract;
using DklActors.Journal.Storage;
using DklActors.Messages.Events;

namespace DklActors.Host.Serving.Experiments;

/// <summary>How far a run has come, by its journal alone.</summary>
/// <param name="State">The fold of its events.</param>
/// <param name="Sequence">Number of the last one; 0 where it has not begun.</param>
/// <param name="Began">Time of the first one, or null.</param>
/// <param name="Last">Time of the last one, or null.</param>
/// <param name="EndedBy">Who ended it, where it is at rest by somebody's command; else null.</param>
internal sealed record RunStanding(
    ExperimentState State, long Sequence, DateTimeOffset? Began, DateTimeOffset? Last, string? EndedBy)
{
    /// <exception cref="JournalException">The journal cannot be read.</exception>
    public static RunStanding In(string folder)
    {
        var standing = new RunStanding(ExperimentState.Empty, 0, null, null, null);
        foreach (StoredEvent stored in RunJournal.EventsIn(folder))
        {
            standing = new RunStanding(
                standing.State.Apply(stored.Event),
                stored.SequenceNumber,
                standing.Began ?? stored.Created,
                stored.Created,
                stored.Event switch
                {
                    ExperimentStopped stopped => stopped.By,
                    ExperimentAborted aborted => aborted.By,
                    ExperimentHalted halted => halted.By,
                    ExperimentContinued => null,
                    _ => standing.EndedBy,
                });
        }

        return standing;
    }

    /// <summary>
    /// Whether nobody has ended it, and nothing that a person has to look at first. One that is complete has its report
    /// to be made.
    /// </summary>
    /// <param name="shutdown">Who ends runs only until the next start.</param>
    public bool CanGoOnByItself(string shutdown) => State.Run switch
    {
        RunState.Stopped or RunState.Aborted => EndedBy == shutdown,
        RunState.Halted or RunState.Interlocked or RunState.Failed => false,
        _ => true,
    };

    /// <summary>The short form, brought up to what the journal says.</summary>
    public ExperimentSummary Of(ExperimentSummary summary) => Sequence == 0
        ? summary
        : summary with
        {
            State = State.Run,
            Reason = State.EndReason,
            Measured = State.Measured,
            StartedAt = summary.StartedAt ?? Began,
            Sequence = Sequence,
        };
}
