using System.Collections.Immutable;
using DklActors.Actors.Controlling;
using DklActors.Actors.Running;
using DklActors.Messages.Events;

namespace DklActors.Actors.Experiments;

/// <summary>What persons ask for. Each is told once the event that says so is durable, or why there is none.</summary>
internal sealed partial class ExperimentActor
{
    // Who waits for an answer.
    private readonly HashSet<IActorRef> _unanswered = [];

    // Numbers of the first and the last event of the append that is being told of.
    private long _firstCommitted;
    private long _lastCommitted;

    private void OnControl(ControlRequest request)
    {
        _suspensionsHeard = Math.Max(_suspensionsHeard, request.Suspension);
        switch (request.Control)
        {
            case SoftPause pause:
                Hold(new RunHold(pause.By, pause.Reason, IsPerson: true, IsHard: false), Sender);
                break;
            case HardPause pause:
                Hold(new RunHold(pause.By, pause.Reason, IsPerson: true, IsHard: true), Sender);
                NoteHoldBeforeSurvey();
                break;
            case ResumeOne resume:
                Release(hold => hold.IsPerson && hold.By == resume.By, resume.By, resume.Reason, Sender);
                break;
            case ResumeAll resume:
                Release(static hold => hold.IsPerson, resume.By, resume.Reason, Sender);
                break;
            case StopAtPoint stop:
                OnStop(stop);
                break;
            case AbortNow abort:
                OnAbort(abort);
                break;
            case HaltNow halt:
                OnHalt(halt);
                break;
            case AddNote note:
                PersistFor(Sender, [new NoteAdded(note.By, note.Text, note.At)], static () => { });
                break;
            case NoteController seat:
                PersistFor(Sender, [new ControllerChanged(seat.By, seat.From)], static () => { });
                break;
            case var choice when _stop is not null:
                Sender.Tell(ControlAnswer.Refused(
                    $"{_stop.By} has asked the run to stop: {choice.GetType().Name} comes too late."));
                break;
            case var _ when _candidates is null:
                // There is nothing to choose from yet.
                Stash.Stash();
                break;
            case var choice:
                OnChoice(choice);
                break;
        }
    }

    /// <summary>Before there is an image the run cannot be paused in its journal, but the word is in it.</summary>
    private void NoteHoldBeforeSurvey()
    {
        foreach (Held held in _state.Survey is null && !_ending ? _holds.Where(held => held.Hold.IsHard) : [])
        {
            if (held.Sequence is null)
            {
                RunHold hold = held.Hold;
                Append(
                    [new NoteAdded(hold.By, $"Blanked before the structural image was there: {hold.Reason}", null)],
                    [],
                    () => held.Settle(this, ControlAnswer.Done(_firstCommitted)));
            }
        }
    }

    private void NoteFor(IActorRef asker, string by, string text)
    {
        if (!asker.Equals(ActorRefs.Nobody))
        {
            PersistFor(asker, [new NoteAdded(by, text, null)], static () => { });
        }
    }

    /// <summary>Answers with the number of the first of these events once they are durable.</summary>
    private void PersistFor(IActorRef asker, ImmutableArray<JournalEvent> events, Action committed)
    {
        AwaitAnswer(asker);
        Append(events, [], () =>
        {
            Answer(asker, ControlAnswer.Done(_firstCommitted));
            if (!_ending)
            {
                committed();
            }
        });
    }

    private IActorRef AwaitAnswer(IActorRef asker)
    {
        _unanswered.Add(asker);
        return asker;
    }

    private void Answer(IActorRef asker, ControlAnswer answer)
    {
        if (_unanswered.Remove(asker))
        {
            asker.Tell(answer);
        }
    }

    private void AnswerAll(string problem)
    {
        foreach (IActorRef asker in _unanswered)
        {
            asker.Tell(ControlAnswer.Refused(problem));
        }

        _unanswered.Clear();
    }
}
