using System.Collections.Frozen;

namespace DklActors.Actors.Experiments;

/// <summary>The state machine of a run, whole and in one place. What is not in the table is illegal.</summary>
public static class RunTransitions
{
    private static readonly RunState[] Alive = [RunState.Preparing, RunState.Running, RunState.Paused];

    // A crash leaves a run in a living state; a clean end in one of the others. All but Completed can be continued.
    private static readonly RunState[] Continuable =
        [.. Alive, RunState.Stopped, RunState.Aborted, RunState.Halted, RunState.Interlocked,
            RunState.Failed];

    private static readonly FrozenDictionary<(RunState From, RunInput Input), RunState> Table =
        Rows().ToFrozenDictionary(row => (row.From, row.Input), row => row.To);

    public static IEnumerable<(RunState From, RunInput Input, RunState To)> All =>
        Table.Select(entry => (entry.Key.From, entry.Key.Input, entry.Value));

    /// <exception cref="InvalidOperationException">The table has no such transition.</exception>
    public static RunState Next(RunState from, RunInput input) =>
        Table.TryGetValue((from, input), out RunState to)
            ? to
            : throw new InvalidOperationException($"A run that is {from} cannot {input}.");

    public static bool IsAllowed(RunState from, RunInput input) => Table.ContainsKey((from, input));

    private static IEnumerable<(RunState From, RunInput Input, RunState To)> Rows() =>
    [
        (RunState.New, RunInput.Start, RunState.Preparing),
        (RunState.Preparing, RunInput.RecordSurvey, RunState.Running),
        (RunState.Running, RunInput.Pause, RunState.Paused),
        (RunState.Paused, RunInput.Pause, RunState.Paused),
        (RunState.Paused, RunInput.Resume, RunState.Running),
        (RunState.Running, RunInput.Choose, RunState.Running),
        (RunState.Paused, RunInput.Choose, RunState.Paused),
        (RunState.Running, RunInput.Complete, RunState.Completed),
        .. Alive.Select(from => (from, RunInput.Stop, RunState.Stopped)),
        .. Alive.Select(from => (from, RunInput.Abort, RunState.Aborted)),
        .. Alive.Select(from => (from, RunInput.Halt, RunState.Halted)),
        .. Alive.Select(from => (from, RunInput.Interlock, RunState.Interlocked)),
        .. Alive.Select(from => (from, RunInput.Fail, RunState.Failed)),
        .. Continuable.Select(from => (from, RunInput.ContinueBeforeSurvey, RunState.Preparing)),
        .. Continuable.Select(from => (from, RunInput.ContinueAfterSurvey, RunState.Running)),
    ];
}
