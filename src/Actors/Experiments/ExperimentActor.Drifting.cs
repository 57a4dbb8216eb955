using System.Collections.Immutable;
using DklActors.Actors.Detection;
using DklActors.Actors.Drifting;
using DklActors.Actors.Interlock;
using DklActors.Actors.Controlling;
using DklActors.Actors.Running;
using DklActors.Journal.Codecs;
using DklActors.Journal.Storage;
using DklActors.Learning.Candidates;
using DklActors.Messages.Events;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;

namespace DklActors.Actors.Experiments;

/// <summary>
/// Looks at the drift of the sample: between points, with nothing under way, the structural image is scanned again
/// under the rules of the first, and targets are corrected from then on.
/// </summary>
/// <remarks>
/// <code>
/// due → probe and detector idle → interlock asked → SurveyIntended → scan → estimate ─→ DriftCorrected
///                                                              └→ no image: SurveyLost
/// </code>
/// A look that finds too much, or nothing where that matters, holds exposures back and is repeated after a while; these
/// looks alone put the beam on while the run is paused.
/// </remarks>
internal sealed partial class ExperimentActor
{
    private const string DriftName = "drift";

    // Share of a limit below which what it held back is let go again.
    private const double LetGoAt = 0.8;

    private LookPhase _look;
    private bool _lookDue;
    private bool _looksAreOver;
    private int _framesSinceLook;
    private int _looksWhileHeld;

    // A look waits for a person to let go: of the hard pause with this ticket.
    private long? _lookAwaits;

    // Middle of the scan of the last good look, or of the first image, and of the scan that is looked at now.
    private long? _lookedAt;
    private long _scannedAt;

    // The order of the scan that is under way.
    private object? _scanTicket;

    private enum LookPhase
    {
        None,
        AwaitingGrant,
        Intending,
        Scanning,
        Estimating,
    }

    private bool IsHeldByDrift => _holds.Exists(static held => IsDrift(held.Hold));

    /// <summary>Whether no probe is placed before a look: a frame under way is the last one before it.</summary>
    private bool LookComesFirst => _look != LookPhase.None || (IsWorthLooking && IsLookDue(_exposing is null ? 0 : 1));

    /// <summary>Whether anything is still to be exposed that a correction could be of use for.</summary>
    private bool IsWorthLooking => _settings.Drift is not null && !_looksAreOver
        && (_queue.Count > 0 || (!IsFull && !_nothingLeft));

    /// <summary>Whether nobody but the drift itself holds the beam back.</summary>
    private bool MayLook => _state.Run is RunState.Running or RunState.Paused && !_ending && _stop is null
        && _holdRecord != HoldRecord.Resuming && _holds.TrueForAll(static held => IsDrift(held.Hold))
        && (_lookAwaits is not { } suspension || suspension <= _suspensionsHeard);

    /// <summary>What targets are corrected by now.</summary>
    private PixelShift Correction()
    {
        DriftState drift = _state.Drift;
        if (_settings.Drift is not { Extrapolates: true } || _lookedAt is not { } lookedAt
            || drift is not { RatePerMinute: { } rate, Since: { } since })
        {
            return drift.Shift;
        }

        TimeSpan ahead = _ports.Time.GetElapsedTime(lookedAt);
        return drift.Shift + ((ahead < since ? ahead : since).TotalMinutes * rate);
    }

    private bool IsLookDue(int framesUnderWay) =>
        _lookDue || _settings.Drift?.EveryFrames <= _framesSinceLook + framesUnderWay;

    private void AwaitNextLook()
    {
        _lookDue = false;
        _framesSinceLook = 0;
        if (_settings.Drift?.EveryTime is { } time)
        {
            Timers.StartSingleTimer(DriftName, LookAtDrift.Instance, time);
        }
    }

    private void OnLookAtDrift()
    {
        _lookDue = true;
        if (IsHeldByDrift && !IsWorthLooking)
        {
            Release(DriftName, "Nothing is left to be exposed.");
        }

        Pump();
    }

    /// <summary>At a run's start nothing has moved; one that was taken up again may find anything.</summary>
    private void BeginLooks()
    {
        if (_settings.Drift is null)
        {
            return;
        }

        AwaitNextLook();
        _lookDue = _lookedAt is null;
    }

    private void LookForDrift()
    {
        if (!IsLookDue(0) || _look != LookPhase.None || !IsWorthLooking || !MayLook
            || _placing is not null || _exposing is not null)
        {
            return;
        }

        _look = LookPhase.AwaitingGrant;
        _interlock.Tell(new RequestScan(
            Charge(_ports.Microscope.Survey.Duration), _image!.Shape.Count, _image.PixelSize, _state.Dose));
    }

    private void OnScanVetoed(ScanVetoed vetoed)
    {
        _look = LookPhase.None;
        if (vetoed.EndsRun || _state.IsDisplaced || _settings.Drift!.Unsure != UnsureDrift.GoOn)
        {
            End(new ExperimentInterlocked(vetoed.Reason));
            return;
        }

        _log.Warning("The drift is not looked at any more: {Reason}", vetoed.Reason);
        _looksAreOver = true;
        Persist(new NoteAdded(DriftName, $"The drift is not looked at any more: {vetoed.Reason}", null), () =>
        {
            Release(DriftName, "The drift is not looked at any more.");
            Pump();
        });
    }

    private void OnScanGranted()
    {
        if (_look != LookPhase.AwaitingGrant)
        {
            return;
        }

        if (!MayLook)
        {
            _look = LookPhase.None;
            EndWhenDone();
            return;
        }

        TimeSpan longest = (2 * _ports.Microscope.Survey.Duration) + SurveyMargin;
        _look = LookPhase.Intending;
        // Until the beam may be on, a run that ends is charged nothing for it.
        _scanCharge = 0;
        Persist(new SurveyIntended(_ports.Microscope.Probe.ScanWindow, Charge(longest)), () =>
        {
            if (!MayLook)
            {
                LoseLook("Held back before the beam was on.", TimeSpan.Zero, static () => { });
                return;
            }

            _look = LookPhase.Scanning;
            _scanCharge = null;
            _guard.Allow(_suspensionsHeard);
            Await(DetectorName, longest);
            _detector.Tell(new TakeSurvey(longest, _scanTicket = new object()));
        });
    }

    private void OnImageTaken(SurveyTaken taken)
    {
        if (taken.Ticket != _scanTicket || _look != LookPhase.Scanning)
        {
            return;
        }

        Timers.Cancel(DetectorName);
        // The beam was on for no longer than the whole call took.
        _scanCharge = Charge(taken.Took);
        _scannedAt = MiddleOf(taken);
        if (taken.Image.Shape != _image!.Shape || taken.Image.Values.Span.ContainsAnyExceptInRange(
            float.MinValue, float.MaxValue))
        {
            string problem = taken.Image.Shape == _image.Shape
                ? "Some of its pixels are not numbers."
                : $"It is {taken.Image.Shape}, and the first was {_image.Shape}.";
            LoseLook(problem, taken.Took, () => OnUnsure($"No image to tell the drift from: {problem}"));
            return;
        }

        _look = LookPhase.Estimating;
        StructuralImage reference = _image;
        (DriftSettings settings, DriftState before) = (_settings.Drift!, _state.Drift);
        object? ticket = _scanTicket;
        _ports.Background.Start(() => new DriftEstimated(
            taken.Image, DriftEstimate.Of(reference, taken.Image, settings, before), ticket))
            .PipeTo(Self, failure: exception => new DriftNotEstimated(exception.GetBaseException().Message, ticket));
        // What waited for the beam to be blanked.
        JournalHold();
    }

    private long MiddleOf(SurveyTaken taken) => _ports.Time.GetTimestamp()
        - (long)(0.5 * taken.Took.TotalSeconds * _ports.Time.TimestampFrequency);

    private void OnNoImageTaken(SurveyFailed failed)
    {
        if (failed.Ticket != _scanTicket || _look != LookPhase.Scanning)
        {
            return;
        }

        Timers.Cancel(DetectorName);
        if (failed.Suspension is { } suspension)
        {
            _lookAwaits = suspension;
            LoseLook("A person blanked the beam during the scan.", failed.Took, static () => { });
        }
        else if (_guard.Alarm is { } alarm)
        {
            _scanCharge = Charge(failed.Took);
            End(new ExperimentInterlocked(alarm));
        }
        else
        {
            LoseLook(failed.Reason, failed.Took, () => OnUnsure($"No image to tell the drift from: {failed.Reason}"));
        }
    }

    private void OnDriftNotEstimated(DriftNotEstimated failed)
    {
        if (failed.Ticket == _scanTicket && _look == LookPhase.Estimating)
        {
            LoseLook(failed.Reason, null, () => OnUnsure($"The drift was not told: {failed.Reason}"));
        }
    }

    /// <summary>Charges a scan of which nothing came, and goes on.</summary>
    private void LoseLook(string reason, TimeSpan? took, Action lost)
    {
        if (took is { } time)
        {
            _scanCharge = Charge(time);
        }

        double charge = _scanCharge!.Value;
        Persist(new SurveyLost(reason, charge), () =>
        {
            _look = LookPhase.None;
            _scanCharge = null;
            lost();
            Pump();
        });
    }

    private void OnDriftEstimated(DriftEstimated estimated)
    {
        if (estimated.Ticket != _scanTicket || _look != LookPhase.Estimating)
        {
            return;
        }

        DriftEstimate estimate = estimated.Estimate;
        bool isGood = estimate.Rejected is null;
        TimeSpan? since = _lookedAt is { } last ? _ports.Time.GetElapsedTime(last, _scannedAt) : null;
        var content = new Content("image", ImageCodec.Write(estimated.Image));
        var look = new DriftCorrected(
            content.Hash.Hex,
            estimate.Shift,
            estimate.Quality,
            estimate.Correlation,
            since,
            isGood ? DriftEstimate.RateOf(estimate.Shift, since, _state.Drift) : null,
            _scanCharge!.Value,
            estimate.Rejected);
        PixelArea? before = _planNow.InSight;
        if (isGood)
        {
            _planNow = _planNow with
            {
                InSight = _state.Drift.With(look).InSight(_image!.Shape, _planNow.MarginInPixels),
            };
        }

        bool sightChanged = _planNow.InSight != before;
        ImmutableArray<JournalEvent> lost = sightChanged
            ? Withdraw(
                point => _planNow.InSight?.Contains(point.Target) == false,
                $"It has drifted out of the scan window: the sample has moved by {estimate.Shift}.")
            : [];
        Append([look, .. lost], [content], () =>
        {
            (_look, _scanCharge) = (LookPhase.None, null);
            _lookedAt = isGood ? _scannedAt : _lookedAt;
            if (!_ending)
            {
                AwaitNextLook();
                Judge(look);
                Pump();
            }
        });
        if (sightChanged)
        {
            PlanWithin();
        }
    }

    /// <summary>What the planner was asked before does not know what has left the scan window, or come back.</summary>
    private void PlanWithin()
    {
        _planEpoch++;
        _nothingLeft = false;
        if (_planRequested && !_planProposed)
        {
            _planRequested = false;
            Timers.Cancel(PlannerName);
        }

        _planner.Tell(PlannerMemory());
    }

    private void Judge(DriftCorrected look)
    {
        if (look.Rejected is { } rejected)
        {
            OnUnsure($"A look at the drift was rejected: {rejected}");
            return;
        }

        DriftSettings settings = _settings.Drift!;
        double share = IsHeldByDrift ? LetGoAt : 1;
        double shift = look.Shift.Length;
        double rate = look.RatePerMinute?.Length ?? 0;
        if (shift > share * settings.LargestShiftPixels)
        {
            HoldForDrift(FormattableString.Invariant(
                $"The sample has moved by {shift:F1} px; the limit is {settings.LargestShiftPixels:G3} px."));
        }
        else if (rate > share * settings.LargestRatePixelsPerMinute)
        {
            HoldForDrift(FormattableString.Invariant(
                $"The sample drifts by {rate:F2} px/min; the limit is {settings.LargestRatePixelsPerMinute:G3}."));
        }
        else
        {
            _looksWhileHeld = 0;
            if (IsHeldByDrift)
            {
                Release(DriftName, FormattableString.Invariant(
                    $"The sample has moved by {shift:F1} px and drifts by {rate:F2} px/min."));
            }
        }
    }

    private void OnUnsure(string reason)
    {
        _log.Warning("Nothing new is known of the drift: {Reason}", reason);
        AwaitNextLook();
        switch (_settings.Drift!.Unsure)
        {
            case UnsureDrift.End:
                End(new ExperimentInterlocked(reason));
                break;
            case UnsureDrift.Hold:
                HoldForDrift(reason);
                break;
            case UnsureDrift.GoOn when IsHeldByDrift || _state.IsDisplaced:
                // Held for what the last good one said, which this one has not taken back; or the stage was moved
                // since, and the last good one says nothing any more.
                HoldForDrift(reason);
                break;
        }
    }

    /// <summary>Holds back and looks again after a while, as often as is allowed: each look costs dose.</summary>
    private void HoldForDrift(string reason)
    {
        if (!IsWorthLooking)
        {
            // Nothing is left to be exposed: what comes of the drift is of no consequence.
            if (IsHeldByDrift)
            {
                Release(DriftName, "Nothing is left to be exposed.");
            }

            return;
        }

        DriftSettings settings = _settings.Drift!;
        if (++_looksWhileHeld > settings.MostLooksHeld)
        {
            End(new ExperimentInterlocked(
                $"The drift did not come to rest within {settings.MostLooksHeld} looks. {reason}"));
            return;
        }

        Timers.StartSingleTimer(DriftName, LookAtDrift.Instance, settings.Settle);
        Hold(new RunHold(DriftName, reason, IsPerson: false, IsHard: false), ActorRefs.Nobody);
    }

    private static bool IsDrift(RunHold hold) => !hold.IsPerson && hold.By == DriftName;
}
