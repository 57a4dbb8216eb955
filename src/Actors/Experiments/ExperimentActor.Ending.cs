using DklActors.Actors.Controlling;
using DklActors.Actors.Interlock;
using DklActors.Messages.Events;

namespace DklActors.Actors.Experiments;

/// <summary>However a run ends: the beam first, then the journal, then the news.</summary>
internal sealed partial class ExperimentActor
{
    // Who asked for an end, and is told once it is durable.
    private readonly List<(IActorRef Asker, Type End)> _endAskers = [];
    private RunControl? _stop;
    private int _trainingGaveUpAt;
    private bool _ending;

    protected override void PostStop()
    {
        _guard.Revoke();
        _meter.Dispose();
        AnswerAll("The run ended, or failed and is made anew, before this was done; its journal says how.");
    }

    private void OnStop(StopAtPoint stop)
    {
        _log.Info("Asked by {By} to stop at the next point: {Reason}", stop.By, stop.Reason);
        _stop = stop;
        _endAskers.Add((AwaitAnswer(Sender), typeof(ExperimentStopped)));
        ExposeNext();
        EndWhenDone();
    }

    private void OnAbort(AbortNow abort)
    {
        _log.Warning("Asked by {By} to end at once: {Reason}", abort.By, abort.Reason);
        _endAskers.Add((AwaitAnswer(Sender), typeof(ExperimentAborted)));
        End(new ExperimentAborted(abort.By, abort.Reason));
    }

    private void OnHalt(HaltNow halt)
    {
        _log.Warning("Asked by {By} to end at once, come what may: {Reason}", halt.By, halt.Reason);
        _endAskers.Add((AwaitAnswer(Sender), typeof(ExperimentHalted)));
        End(new ExperimentHalted(halt.By, halt.Reason));
    }

    private void OnBeamAlarm(BeamAlarm alarm)
    {
        _log.Error("Beam alarm: {Reason}", alarm.Reason);
        End(new ExperimentInterlocked(alarm.Reason));
    }

    private void EndWhenDone()
    {
        bool probeIsIdle = _placing is null && _exposing is null && _look == LookPhase.None;
        // Nobody makes scalars before the run is prepared; a stop does not wait for them then, nor for neighbours.
        // Nor for all that another scalarizer is to make anew: whoever takes the run up goes on with that.
        bool allScalarized = _candidates is null || (_stop is not null && !_state.Outdated.IsEmpty)
            || (_stop is not null && !_stencil.IsEmpty
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

        if (_wishes.Count > 0 || _changing > 0)
        {
            return;
        }

        // Before there are candidates nothing can be shown, so nothing is completed.
        bool allMeasured = _candidates is not null && (_state.Measured >= _settings.Plan.Total
            || ((_nothingLeft || _state.Budget is not null) && StillToCome == 0));
        if (allMeasured && _state.Run == RunState.Running && LastModelIsIn())
        {
            End(new ExperimentCompleted(
                _state.Measured,
                _state.Budget?.Reason ?? (_nothingLeft ? "No candidate is left." : "All points are measured.")));
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
        List<JournalEvent> told = [];
        if (_guard.Alarm is { } alarm && last is not ExperimentInterlocked)
        {
            // Whatever else it ended for, that is what a person has to know first.
            _log.Error("Beam alarm: {Reason}", alarm);
            if (last is ExperimentAborted or ExperimentHalted)
            {
                told.Add(new NoteAdded("interlock", alarm, null));
            }
            else
            {
                last = new ExperimentInterlocked(alarm);
            }
        }

        // A halt puts nothing in order: who takes the run up finds what was under way, of unknown outcome.
        IEnumerable<JournalEvent> givenUp = last is ExperimentHalted ? [] : GivenUp();
        Append([.. told, .. givenUp, last], [], () =>
        {
            foreach ((IActorRef asker, Type end) in _endAskers)
            {
                Answer(asker, end == last.GetType()
                    ? ControlAnswer.Done(_lastCommitted)
                    : ControlAnswer.Refused("The run ended otherwise; its journal says how."));
            }

            Finish(null);
        });
    }

    /// <summary>
    /// The beam is blanked, verified: what was intended and gave no frame is known not to have one. Where it could not
    /// be blanked what was under way is charged until now.
    /// </summary>
    private IEnumerable<JournalEvent> GivenUp()
    {
        const string Reason = "The run ended before the frame was there.";
        if (_exposing is { Lease: { } exposing })
        {
            double electrons = Math.Max(_exposing.ReservedElectrons, Charge(_guard.OnAtMost(exposing)));
            yield return new ExposureFailed(exposing.Point, exposing.Attempt, Reason, "Permanent", electrons);
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
        Receive<ControlRequest>(_ => Sender.Tell(ControlAnswer.Refused("The run is ending.")));
        ReceiveAny(_ => { });
    }

    private void Finish(string? fault)
    {
        AnswerAll("The run has ended; its journal says how.");
        _holdBoard.Post([]);
        Context.Parent.Tell(new ExperimentEnded(_state, fault));
        Context.Stop(Self);
    }
}
