using DklActors.Actors.Interlock;
using DklActors.Actors.Running;
using DklActors.Messages.Events;

namespace DklActors.Actors.Experiments;

/// <summary>Holding back and ending. However a run ends: the beam first, then the journal, then the news.</summary>
internal sealed partial class ExperimentActor
{
    // Who holds exposures back, and why: persons, suspenders, a model that is too old. The run goes on when all let go.
    private readonly Dictionary<string, string> _holds = [];
    private HoldRecord _holdRecord;
    private StopRun? _stop;
    private int _trainingGaveUpAt;
    private bool _ending;

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

    protected override void PostStop()
    {
        _guard.Revoke();
        _meter.Dispose();
    }

    private void Hold(string by, string reason)
    {
        if (_holds.TryAdd(by, reason))
        {
            _meter.Held(by);
            _log.Warning("Held back by {By}: {Reason}", by, reason);
            JournalHold();
            ExposeNext();
        }
    }

    /// <summary>
    /// A run that is still preparing exposes nothing; its holds are journaled once it could. A point under way comes to
    /// its end first: what the journal calls a pause has the beam blanked.
    /// </summary>
    private void JournalHold()
    {
        bool mayBeOn = _exposing is { Phase: SlotPhase.Exposing };
        bool isDue = _holdRecord == HoldRecord.None && _holds.Count > 0 && !mayBeOn;
        if (isDue && _state.Run == RunState.Running && !_ending)
        {
            _holdRecord = HoldRecord.Paused;
            (string by, string reason) = _holds.First();
            Persist(new RunPaused(by, reason), EndWhenDone);
        }
    }

    private void Release(string by, string reason)
    {
        if (!_holds.Remove(by))
        {
            return;
        }

        _meter.Released(by);
        _log.Info("Released by {By}, {Holds} hold it still: {Reason}", by, _holds.Count, reason);
        if (_holds.Count > 0 || _ending)
        {
            return;
        }

        if (_holdRecord == HoldRecord.None)
        {
            Pump();
            return;
        }

        if (_holdRecord == HoldRecord.Paused)
        {
            _holdRecord = HoldRecord.Resuming;
            Persist(new RunResumed(by, reason), () =>
            {
                // Somebody may have taken hold again while this was on its way.
                _holdRecord = HoldRecord.None;
                Pump();
            });
        }
    }

    private void OnStop(StopRun stop)
    {
        _log.Info("Asked by {By} to stop at the next point: {Reason}", stop.By, stop.Reason);
        _stop = stop;
        ExposeNext();
        EndWhenDone();
    }

    private void OnAbort(AbortRun abort)
    {
        _log.Warning("Asked by {By} to end at once: {Reason}", abort.By, abort.Reason);
        End(new ExperimentAborted(abort.By, abort.Reason));
    }

    private void OnBeamAlarm(BeamAlarm alarm)
    {
        _log.Error("Beam alarm: {Reason}", alarm.Reason);
        End(new ExperimentInterlocked(alarm.Reason));
    }

    private void EndWhenDone()
    {
        bool probeIsIdle = _placing is null && _exposing is null;
        // Nobody makes scalars before the run is prepared; a stop does not wait for them then, nor for neighbours.
        bool allScalarized = _candidates is null || (_stop is not null && !_stencil.IsEmpty
            ? _scalarizing.Count == 0
            : _state.Points.Values.All(point => !point.AwaitsScalar));
        if (_ending || !probeIsIdle || !allScalarized || _journal!.InFlight > 0)
        {
            return;
        }

        if (_stop is not null)
        {
            End(new ExperimentStopped(_stop.By, _stop.Reason));
            return;
        }

        // Before there are candidates nothing can be shown, so nothing is completed.
        bool allMeasured = _candidates is not null && (_state.Measured >= _settings.Plan.Total
            || (_nothingLeft && StillToCome == 0));
        if (allMeasured && _state.Run == RunState.Running && LastModelIsIn())
        {
            End(new ExperimentCompleted(
                _state.Measured, _nothingLeft ? "No candidate is left." : "All points are measured."));
        }
    }

    /// <summary>The map is drawn from a model trained on everything, unless there cannot be one.</summary>
    private bool LastModelIsIn()
    {
        int usable = _state.Usable.Count;
        if (usable < _settings.Learning.FirstTraining || _trainingGaveUpAt == usable)
        {
            return true;
        }

        return _state.Model?.Observations == usable
            && _beliefVersion == _state.Model.Version
            && _beliefObservations == usable;
    }

    private void OnWorkerLost(IActorRef worker) =>
        End(new ExperimentFailed($"The {worker.Path.Name} failed again and again and was given up."));

    private void OnJournalLost(string reason)
    {
        _log.Error("The journal is lost: {Reason}", reason);
        _guard.Retire();
        Finish(reason);
    }

    private void End(JournalEvent last)
    {
        if (_ending)
        {
            return;
        }

        _ending = true;
        _guard.Retire();
        Become(Ending);
        Append([.. GivenUp(), last], [], () => Finish(null));
    }

    /// <summary>The beam is blanked, verified: what was intended and gave no frame is known not to have one.</summary>
    private IEnumerable<JournalEvent> GivenUp()
    {
        const string Reason = "The run ended before the frame was there.";
        if (_exposing is { Lease: { } exposing })
        {
            yield return new ExposureFailed(
                exposing.Point, exposing.Attempt, Reason, "Permanent", _exposing.ReservedElectrons);
        }

        if (_placing is { Phase: SlotPhase.Intending or SlotPhase.Ready, Lease: { } placing })
        {
            yield return new ExposureFailed(placing.Point, placing.Attempt, Reason, "Permanent", 0);
        }

        foreach (JournalEvent scan in ScanGivenUp(Reason))
        {
            yield return scan;
        }
    }

    private void Ending()
    {
        Receive<Appended>(OnAppended);
        Receive<JournalLost>(lost => OnJournalLost(lost.Reason));
        Receive<WorkerFaulted>(OnWorkerFaulted);
        ReceiveAny(_ => { });
    }

    private void Finish(string? fault)
    {
        Context.Parent.Tell(new ExperimentEnded(_state, fault));
        Context.Stop(Self);
    }
}
