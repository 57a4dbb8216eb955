using DklActors.Actors.Detection;
using DklActors.Actors.Interlock;
using DklActors.Actors.Planning;
using DklActors.Actors.Scalarizing;
using DklActors.Actors.Stage;
using DklActors.Instruments.Ports;
using DklActors.Journal.Codecs;
using DklActors.Journal.Storage;
using DklActors.Messages;
using DklActors.Messages.Events;
using DklActors.Messages.Exposure;
using DklActors.Messages.Geometry;
using DklActors.Physics.Scalarizers;

namespace DklActors.Actors.Experiments;

/// <summary>Probe and detector: one point is placed while the one before it is read out.</summary>
internal sealed partial class ExperimentActor
{
    private const string StageName = "stage";
    private const string DetectorName = "detector";

    private readonly LinkedList<PointId> _queue = new();

    private MeasurementSlot? _placing;
    private MeasurementSlot? _exposing;
    private bool _awaitingSettlement;

    private bool MayExpose => _state.Run == RunState.Running
        && _holds.Count == 0 && _holdRecord == HoldRecord.None && _stop is null && !_state.IsDisplaced;

    /// <summary>Points with a scalar of their own that will still give a frame, or be given up.</summary>
    private int StillToCome => _state.Points.Values.Count(point => point.Centre is null && IsToCome(point));

    private bool IsToBeRepeated(PointState point) =>
        point.Stage == PointStage.OutcomeUnknown && _settings.UnknownExposures == UnknownExposurePolicy.MeasureAgain;

    /// <summary>Asks of every worker what it can do now. Called whenever something has changed.</summary>
    private void Pump()
    {
        if (_candidates is null)
        {
            EndWhenDone();
            return;
        }

        HoldWhileModelIsTooOld();
        JournalHold();
        PlanAhead();
        LookForDrift();
        PlaceNext();
        ExposeNext();
        EndWhenDone();
    }

    private void PlaceNext()
    {
        bool beamFree = _exposing is null or { Phase: SlotPhase.ReadingOut };
        bool mustWait = _awaitingSettlement && _state.Dose.OpenReservations > 0;
        if (_placing is not null || !beamFree || _queue.First is not { } next || !MayExpose || mustWait
            || LookComesFirst)
        {
            return;
        }

        _awaitingSettlement = false;
        _queue.RemoveFirst();
        if (IsForNothing(next.Value))
        {
            Abandon(next.Value, ForNothing);
            return;
        }

        PointState point = _state.Points[next.Value];
        PixelShift correction = Correction();
        ProbePosition target = point.Target.Centre + correction;
        if (correction != PixelShift.None && !_settings.Stage.Allows(target, _ports.Microscope.Probe.ScanWindow))
        {
            Abandon(
                point.Id,
                $"It has drifted out of the scan window: the sample has moved by {correction}.",
                AbandonCause.NotWanted);
            return;
        }

        _placing = new MeasurementSlot(point.Id, SlotPhase.Moving, target);
        Await(StageName, _settings.Stage.Timeout * _settings.Stage.Attempts);
        _log.Debug("Point {Point}: the probe is sent to {Target}", point.Id, target);
        _stage.Tell(new PlaceProbe(point.Id, target));
    }

    private void OnProbePlaced(ProbePlaced placed)
    {
        if (_placing is not { Phase: SlotPhase.Moving } placing || placing.Point != placed.Point)
        {
            return;
        }

        Timers.Cancel(StageName);
        if (LetGo(placing))
        {
            return;
        }

        if (_log.IsDebugEnabled)
        {
            _log.Debug(
                "Point {Point}: the probe is placed at {ReadBack} after {ElapsedMs:F1} ms",
                placed.Point, placed.ReadBack, placed.Took.TotalMilliseconds);
        }

        if (!MayExpose)
        {
            PutBack(placing);
            return;
        }

        var lease = new ExposureLease(
            placed.Point,
            _state.Points[placed.Point].Attempts + 1,
            _settings.Exposure.Dwell,
            _settings.Exposure.LongestWallTime);
        // Reserved for the longest time the beam can be on, settled for the time it was.
        double electrons = _ports.Microscope.BeamCurrent.ElectronsDuring(lease.LongestWallTime);
        _placing = placing with
        {
            Phase = SlotPhase.AwaitingGrant,
            ReadBack = placed.ReadBack,
            Moved = placed.Took,
            Lease = lease,
            ReservedElectrons = electrons,
        };
        if (EndsByBudget(_placing))
        {
            return;
        }

        _interlock.Tell(new RequestExposure(
            lease,
            _state.OnSample(placed.Point, _placing.Requested, placed.ReadBack).NearestPixel,
            _image!.PixelSize,
            electrons,
            _state.Dose));
    }

    private void OnExposureGranted()
    {
        if (_placing is not { Phase: SlotPhase.AwaitingGrant, Lease: { } lease } placing || LetGo(placing))
        {
            return;
        }

        if (!MayExpose)
        {
            PutBack(placing);
            return;
        }

        // What came since it was placed counts: a replay sees the events before the intent, and nothing else.
        if (EndsByBudget(placing))
        {
            return;
        }

        _placing = placing with { Phase = SlotPhase.Intending };
        Persist(
            new ExposureIntended(
                placing.Point,
                lease.Attempt,
                placing.Requested,
                placing.ReadBack,
                lease.Dwell,
                lease.LongestWallTime,
                placing.ReservedElectrons),
            () =>
            {
                _placing = _placing! with { Phase = SlotPhase.Ready };
                Pump();
            });
    }

    /// <summary>Whether a point that the probe was sent to is not wanted any more.</summary>
    private bool LetGo(MeasurementSlot slot)
    {
        if (!_givenUp.Contains(slot.Point))
        {
            return false;
        }

        _placing = null;
        Pump();
        return true;
    }

    /// <summary>A point that was not yet intended waits at the front of the queue for better times.</summary>
    private void PutBack(MeasurementSlot slot)
    {
        _placing = null;
        _queue.AddFirst(slot.Point);
        EndWhenDone();
    }

    private void OnExposureVetoed(ExposureVetoed vetoed)
    {
        if (_placing is { } asked && LetGo(asked))
        {
            return;
        }

        _meter.Vetoed(vetoed.EndsRun);
        _log.Warning(
            "Point {Point}, attempt {Attempt}: vetoed by the interlock: {Reason}",
            vetoed.Point, vetoed.Lease.Attempt, vetoed.Reason);
        bool isUnderWay = _state.Dose.OpenReservations > 0;
        if (vetoed.EndsRun && isUnderWay && _guard.Alarm is null && _placing is { } placing)
        {
            // The frame that is being read out was paid for, and cost less than was set aside for it: ask again then.
            _awaitingSettlement = true;
            PutBack(placing);
        }
        else if (vetoed.EndsRun)
        {
            End(new ExperimentInterlocked(vetoed.Reason));
        }
        else
        {
            Abandon(vetoed.Lease.Point, vetoed.Reason);
        }
    }

    private void ExposeNext()
    {
        if (_placing is not { Phase: SlotPhase.Ready, Lease: { } lease } ready)
        {
            return;
        }

        if (!MayExpose)
        {
            Withdraw(ready, lease, () =>
            {
                _queue.AddFirst(ready.Point);
                Pump();
            });
            return;
        }

        if (_exposing is not null)
        {
            return;
        }

        if (IsForNothing(ready.Point))
        {
            Withdraw(ready, lease, () => Abandon(ready.Point, ForNothing));
            return;
        }

        _exposing = ready with { Phase = SlotPhase.Exposing };
        _placing = null;
        Await(DetectorName, lease.LongestWallTime + (2 * _settings.Exposure.ReadOutDeadline));
        if (_log.IsDebugEnabled)
        {
            _log.Debug(
                "Point {Point}, attempt {Attempt}: to be exposed for {DwellMs:F1} ms",
                lease.Point, lease.Attempt, lease.Dwell.TotalMilliseconds);
        }

        // Whoever has said so far that the beam is to be blanked has let go.
        _guard.Allow(_suspensionsHeard);
        _detector.Tell(new Expose(lease));
    }

    /// <summary>
    /// Held back between intent and exposure: the intent is answered. The probe is placed anew in better times, when it
    /// may have drifted, and the sample.
    /// </summary>
    private void Withdraw(MeasurementSlot slot, ExposureLease lease, Action withdrawn)
    {
        _placing = null;
        Persist(
            new ExposureFailed(slot.Point, lease.Attempt, "Held back before the beam was on.", "Transient", 0),
            withdrawn);
    }

    private void OnBeamFree(BeamFree free)
    {
        if (_exposing is { } slot && slot.Lease == free.Lease)
        {
            _exposing = slot with { Phase = SlotPhase.ReadingOut };
            Pump();
        }
    }

    private void OnFrameReadOut(FrameReadOut readOut)
    {
        if (_exposing is not { } slot || slot.Lease != readOut.Lease)
        {
            return;
        }

        _exposing = null;
        Timers.Cancel(DetectorName);
        NoteExposure(readOut.Lease, readOut.BeamOn, readOut.ReadOut);
        _framesSinceLook++;
        var content = new Content("frame", FrameCodec.Write(readOut.Frame));
        TimeSpan start = _ports.Time.GetElapsedTime(_startedAt, readOut.StartedAt);
        var recorded = new FrameRecorded(
            slot.Point,
            readOut.Lease.Attempt,
            content.Hash.Hex,
            slot.Requested,
            slot.ReadBack,
            _candidates!.NearestTo(_state.OnSample(slot.Point, slot.Requested, slot.ReadBack)),
            Charge(readOut.BeamOn),
            new ExposureTiming(start, slot.Moved, readOut.Exposed, readOut.ReadOut));
        Persist([recorded], [content], () =>
        {
            // It is not read from the journal again, but where a change of the scalarizer asked for it already.
            if (_stencil.IsEmpty && IsCentre(slot.Point) && !_scalarizing.Contains(slot.Point))
            {
                var measurement = new Measurement(readOut.Frame, slot.ReadBack);
                Scalarize(new Scalarize(slot.Point, measurement, _scalarizerNow, _generation));
            }

            ScalarizeWhatIsComplete();
            Pump();
        });
        Pump();
    }

    // The beam was on, whatever becomes of the frame.
    private void NoteExposure(ExposureLease lease, TimeSpan beamOn, TimeSpan readOut)
    {
        _meter.BeamWasOn(beamOn);
        if (_log.IsDebugEnabled)
        {
            _log.Debug(
                "Point {Point}, attempt {Attempt}: read out in {ReadOutMs:F1} ms, the beam was on for {BeamOnMs:F1} ms",
                lease.Point, lease.Attempt, readOut.TotalMilliseconds, beamOn.TotalMilliseconds);
        }
    }

    /// <summary>A worker that does not answer in time, with a second to spare for the machine, ends the run.</summary>
    private void Await(string worker, TimeSpan deadline)
    {
        TimeSpan patience = deadline + TimeSpan.FromSeconds(1);
        Timers.StartSingleTimer(worker, new WorkerOverdue(worker, patience), patience);
    }

    private double Charge(TimeSpan beamOn) => _ports.Microscope.BeamCurrent.ElectronsDuring(beamOn);
}
