using DklActors.Actors.Controlling;
using DklActors.Messages.Events;

namespace DklActors.Actors.Experiments;

/// <summary>Who holds exposures back: persons, conditions outside, a model that is too old.</summary>
internal sealed partial class ExperimentActor
{
    // The run goes on when all let go.
    private readonly List<Held> _holds = [];
    private HoldRecord _holdRecord;

    // The last hard pause that this experiment knows of, as a ticket of the beam guard.
    private long _suspensionsHeard;

    /// <summary>What the journal has been told of the holds.</summary>
    private enum HoldRecord
    {
        /// <summary>Nothing: exposures go on, or are about to be held back.</summary>
        None,

        /// <summary>That exposures are held back.</summary>
        Paused,

        /// <summary>That they go on; until that is durable they do not.</summary>
        Resuming,
    }

    private bool IsHeldHard => _holds.Exists(held => held.Hold.IsHard);

    private void Hold(RunHold hold, IActorRef asker)
    {
        Held? known = _holds.Find(held => held.Hold.By == hold.By && held.Hold.IsPerson == hold.IsPerson);
        if (known is null)
        {
            _holds.Add(known = new Held(hold));
            _meter.Held(hold.By);
            _log.Warning("Held back by {By}: {Reason}", hold.By, hold.Reason);
        }
        else if (hold.IsHard && !known.Hold.IsHard)
        {
            known.Hold = hold;
            known.IsJournaled = false;
            known.Sequence = null;
        }

        if (known.Sequence is { } sequence)
        {
            asker.Tell(ControlAnswer.Done(sequence));
        }
        else
        {
            known.Askers.Add(AwaitAnswer(asker));
        }

        PostHolds();
        JournalHold();
        ExposeNext();
    }

    /// <summary>
    /// A run that is still preparing exposes nothing; its holds are journaled once it could. A point under way comes to
    /// its end first, unless the beam was blanked for the hold: what the journal calls a pause has the beam blanked.
    /// </summary>
    private void JournalHold()
    {
        bool mayBeOn = (_exposing is { Phase: SlotPhase.Exposing } || _look == LookPhase.Scanning) && !IsHeldHard;
        if (mayBeOn || _ending || _holds.Count == 0 || _holdRecord == HoldRecord.Resuming)
        {
            return;
        }

        if (_holdRecord == HoldRecord.None)
        {
            if (_state.Run != RunState.Running)
            {
                return;
            }

            _holdRecord = HoldRecord.Paused;
            JournalHold(_holds.Find(held => held.Hold.IsHard) ?? _holds[0]);
        }

        // What a person says is journaled also where exposures are held back already.
        foreach (Held held in _holds.Where(held => held.Hold.IsPerson && !held.IsJournaled).ToList())
        {
            JournalHold(held);
        }
    }

    private void JournalHold(Held held)
    {
        RunHold hold = held.Hold;
        held.IsJournaled = true;
        Append(
            [new RunPaused(hold.By, hold.Reason, hold.IsHard ? PauseKind.Hard : PauseKind.Soft)],
            [],
            () =>
            {
                held.Settle(this, ControlAnswer.Done(_firstCommitted));
                if (!_ending)
                {
                    EndWhenDone();
                }
            });
    }

    private void Release(string by, string reason) =>
        Release(hold => !hold.IsPerson && hold.By == by, by, reason, ActorRefs.Nobody);

    private void Release(Predicate<RunHold> whose, string by, string reason, IActorRef asker)
    {
        Held[] released = [.. _holds.Where(held => whose(held.Hold))];
        if (released.Length == 0)
        {
            asker.Tell(ControlAnswer.Refused(_holds.Count == 0
                ? "Nobody holds exposures back."
                : $"Held back by {_holds[0].Hold.By}, which lets go by itself: {_holds[0].Hold.Reason}"));
            return;
        }

        foreach (Held held in released)
        {
            _holds.Remove(held);
            _meter.Released(held.Hold.By);
            if (!held.IsJournaled)
            {
                held.Settle(this, ControlAnswer.Refused($"{by} let go before it took effect: {reason}"));
            }
        }

        PostHolds();
        _log.Info("Released by {By}, {Holds} hold it still: {Reason}", by, _holds.Count, reason);
        if (_ending)
        {
            return;
        }

        if (_holds.Count > 0 || _holdRecord != HoldRecord.Paused)
        {
            string rest = _holds.Count > 0 ? $" Held back still by {_holds[0].Hold.By}." : string.Empty;
            NoteFor(asker, by, $"Resumed: {reason}{rest}");
        }

        PlaceWhenFree();
        ScanWhenFree();
        if (_holds.Count > 0)
        {
            // Only the drift, perhaps, of which a look was due meanwhile.
            LookForDrift();
            return;
        }

        if (_holdRecord == HoldRecord.None)
        {
            Pump();
        }
        else if (_holdRecord == HoldRecord.Paused)
        {
            _holdRecord = HoldRecord.Resuming;
            PersistFor(asker, [new RunResumed(by, reason)], () =>
            {
                // Somebody may have taken hold again while this was on its way.
                _holdRecord = HoldRecord.None;
                Pump();
            });
        }
    }

    private void PostHolds() => _holdBoard.Post(_holds.Select(held => held.Hold));

    private sealed class Held(RunHold hold)
    {
        public RunHold Hold { get; set; } = hold;

        /// <summary>Whether the journal was asked to note it.</summary>
        public bool IsJournaled { get; set; }

        /// <summary>Its event, once that is durable.</summary>
        public long? Sequence { get; set; }

        public List<IActorRef> Askers { get; } = [];

        public void Settle(ExperimentActor experiment, ControlAnswer answer)
        {
            Sequence = answer.Sequence;
            foreach (IActorRef asker in Askers)
            {
                experiment.Answer(asker, answer);
            }

            Askers.Clear();
        }
    }
}
