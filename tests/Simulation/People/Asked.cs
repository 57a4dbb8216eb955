using DklActors.Actors.Controlling;
using DklActors.Messages.Events;
using DklActors.Simulation.Worlds;

namespace DklActors.Simulation.People;

/// <summary>What persons asked of a process, and the answers.</summary>
internal sealed class Asked(World world)
{
    // On real threads an answer may take a moment to come back to who asked.
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(20);

    private readonly List<Question> _asked = [];

    public void Add(RunControl control, Task<ControlAnswer> answer) => _asked.Add(new Question(control, answer));

    /// <summary>Everybody is answered when the run is over, and who was told that it is done can look it up.</summary>
    public void RequireAnswers()
    {
        if (!SpinWait.SpinUntil(() => _asked.TrueForAll(asked => asked.Noted.IsCompleted), Moment))
        {
            throw new InvalidOperationException(
                $"No answer to {_asked.First(asked => !asked.Noted.IsCompleted).Control}.");
        }

        foreach (Question question in _asked)
        {
            if (question.Answer is not { } answer)
            {
                throw new InvalidOperationException(
                    $"{question.Control} was answered by a fault.", question.Noted.Exception);
            }

            if (!answer.Accepted)
            {
                continue;
            }

            JournalEvent told = world.Disk.Read(Settings.RunId, answer.Sequence!.Value - 1).First().Event;
            if (!Says(question.Control, told))
            {
                throw new InvalidOperationException($"{question.Control} is said to be done by {told}.");
            }
        }
    }

    private static bool Says(RunControl control, JournalEvent told) => (control, told) switch
    {
        (SoftPause, RunPaused paused) => paused.By == control.By && paused.Kind == PauseKind.Soft,
        (HardPause, RunPaused paused) => paused.By == control.By && paused.Kind == PauseKind.Hard,
        (ResumeAll, RunResumed resumed) => resumed.By == control.By,
        (HardPause or ResumeAll, NoteAdded note) => note.By == control.By,
        (StopAtPoint, ExperimentStopped) or (AbortNow, ExperimentAborted) or (HaltNow, ExperimentHalted) => true,
        (ChangeScalarizer, ScalarizerChanged changed) => changed.By == control.By,
        (ChangeAcquisition, AcquisitionChanged changed) => changed.By == control.By,
        (ChangeRegion, RegionChanged changed) => changed.By == control.By,
        (ExcludeArea, RegionExcluded excluded) => excluded.By == control.By,
        (ForcePoint force, PointPlanned planned) =>
            planned.Target == force.At && planned.Basis.Reason == PlanningReason.Forced,
        (AddNote note, NoteAdded added) => added.Text == note.Text,
        _ => false,
    };

    private sealed class Question
    {
        public Question(RunControl control, Task<ControlAnswer> answer)
        {
            Control = control;
            Noted = NoteAsync(answer);
        }

        public RunControl Control { get; }

        public Task Noted { get; }

        public ControlAnswer? Answer { get; private set; }

        private async Task NoteAsync(Task<ControlAnswer> answer) => Answer = await answer.ConfigureAwait(false);
    }
}
