using DklActors.Actors.Running;
using DklActors.Messages.Events;

namespace DklActors.Actors.Experiments;

/// <summary>Holding back and ending. However a run ends: the beam first, then the journal, then the news.</summary>
internal sealed partial class ExperimentActor
{
    // Who holds exposures back, and why: persons, suspenders, a model that is too old. The run goes on when all let go.
    private readonly Dictionary<string, string> _holds = [];
    private bool _holdJournaled;
    private StopRun? _stop;
    private int _trainingGaveUpAt;
    private bool _ending;

    protected override void PostStop() => _guard.Revoke();

    private void Hold(string by, string reason)
    {
        if (_holds.TryAdd(by, reason))
        {
            _log.Warning("Held back by {0}: {1}", by, reason);
            JournalHold();
        }
    }

    /// <summary>A run that is still preparing exposes nothing; its holds are journaled once it could.</summary>
    private void JournalHold()
    {
        if (_state.Run == RunState.Running && !_holdJournaled && !_ending && _holds.Count > 0)
        {
            _holdJournaled = true;
            (string by, string reason) = _holds.First();
            Persist(new RunPaused(by, reason), EndWhenDone);
        }
    }

    private void Release(string by, string reason)
    {
        if (!_holds.Remove(by) || _holds.Count > 0 || !_holdJournaled || _ending)
        {
            return;
        }

        _log.Info("Released by {0}: {1}", by, reason);
        _holdJournaled = false;
        Persist(new RunResumed(by, reason), () =>
        {
            // Somebody may have taken hold again while this was on its way.
            JournalHold();
            Pump();
        });
    }

    private void OnStop(StopRun stop)
    {
        _stop = stop;
        EndWhenDone();
    }

    private void EndWhenDone()
    {
        bool probeIsIdle = _placing is null && _exposing is null;
        // Nobody makes scalars before the run is prepared; a stop does not wait for them then.
        bool allScalarized = _candidates is null
            || _state.Points.Values.All(point => point.Stage != PointStage.Recorded);
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
        int usable = _state.Usable.Length;
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
        _log.Error("The journal is lost: {0}", reason);
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
        _journal!.Append([.. GivenUp(), last], [], () => Finish(null));
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
    }

    private void Ending()
    {
        Receive<Appended>(OnAppended);
        Receive<JournalLost>(lost => OnJournalLost(lost.Reason));
        ReceiveAny(_ => { });
    }

    private void Finish(string? fault)
    {
        Context.Parent.Tell(new ExperimentEnded(_state, fault));
        Context.Stop(Self);
    }
}
