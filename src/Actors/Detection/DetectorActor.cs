using DklActors.Actors.Experiments;
using DklActors.Actors.Interlock;
using DklActors.Instruments.Ports;
using DklActors.Messages.Exposure;
using DklActors.Messages.Frames;

namespace DklActors.Actors.Detection;

/// <summary>Arm → unblank → expose → blank → read out, each with a deadline; one exposure at a time.</summary>
internal sealed class DetectorActor : WorkerActor
{
    private const string Blanked = "A person blanked the beam.";

    private readonly IMicroscope _microscope;
    private readonly BeamGuard _guard;
    private readonly ExposureSettings _settings;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopping = new();

    public DetectorActor(ExperimentPorts ports, BeamGuard guard, ExposureSettings settings)
    {
        _microscope = ports.Microscope;
        _guard = guard;
        _settings = settings;
        _time = ports.Time;

        Receive<TakeSurvey>(survey => TakeSurveyAsync(survey, _stopping.Token).PipeTo(Context.Parent, Self));
        Receive<Expose>(expose =>
        {
            IActorRef parent = Context.Parent;
            IActorRef self = Self;
            ExposeAsync(expose.Lease, parent, self, _stopping.Token).PipeTo(
                parent,
                self,
                failure: exception => new ExposureFaulted(
                    expose.Lease, exception.ToString(), FaultClass.Unknown, _settings.LongestWallTime));
        });
    }

    protected override void PostStop()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private async Task<object> TakeSurveyAsync(TakeSurvey survey, CancellationToken stopping)
    {
        if (_guard.Alarm is { } alarm)
        {
            return new SurveyFailed(alarm, TimeSpan.Zero, survey.Ticket);
        }

        long suspensions = _guard.Suspensions;
        if (_guard.IsSuspended)
        {
            return new SurveyFailed(Blanked, TimeSpan.Zero, survey.Ticket, suspensions);
        }

        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        long started = _time.GetTimestamp();
        StructuralImage? image = null;
        string reason = "The instrument gave none.";
        try
        {
            image = await _microscope.Survey.AcquireAsync(giveUp.Token).AsTask()
                .WaitAsync(survey.Deadline, _time, stopping).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            reason = exception.Message;
        }
        finally
        {
            giveUp.Cancel();
            // The instrument blanks after a scan; verified here, because nobody else looks before the first lease.
            _guard.Revoke();
        }

        TimeSpan took = _time.GetElapsedTime(started);
        long now = _guard.Suspensions;
        if (now != suspensions)
        {
            // Part of the image was scanned without a beam, whatever the instrument says.
            return new SurveyFailed(Blanked, took, survey.Ticket, now);
        }

        return image is null
            ? new SurveyFailed(reason, took, survey.Ticket)
            : new SurveyTaken(image, took, survey.Ticket);
    }

    private async Task<object> ExposeAsync(
        ExposureLease lease, IActorRef experiment, IActorRef self, CancellationToken stopping)
    {
        IDetector detector = _microscope.Detector;
        var use = default(BeamUse);
        string awaited = $"was not armed within {_settings.ReadOutDeadline.TotalSeconds:G3} s";
        try
        {
            await detector.ArmAsync(lease, stopping).AsTask()
                .WaitAsync(_settings.ReadOutDeadline, _time, stopping).ConfigureAwait(false);

            // The run may have ended while the detector was armed.
            stopping.ThrowIfCancellationRequested();
            long started = _time.GetTimestamp();
            awaited = $"did not end the exposure within {lease.LongestWallTime.TotalMilliseconds:F0} ms "
                + "(exposure.longest); a frame that it took all the same is lost";
            try
            {
                _guard.Open(lease);
                await detector.ExposeAsync(lease, stopping).AsTask()
                    .WaitAsync(lease.LongestWallTime, _time, stopping).ConfigureAwait(false);
            }
            finally
            {
                use = _guard.Close(lease);
            }

            if (_guard.Alarm is { } alarm)
            {
                return new ExposureFaulted(lease, alarm, FaultClass.Permanent, use.On);
            }

            if (use.EndedBy == BeamEnd.Person)
            {
                return Held(lease, use);
            }

            if (use.EndedBy != BeamEnd.Holder)
            {
                return new ExposureFaulted(
                    lease,
                    $"The beam was blanked by the {use.EndedBy} after {use.On.TotalMilliseconds:F0} ms.",
                    FaultClass.Transient,
                    use.On);
            }

            experiment.Tell(new BeamFree(lease), self);
            TimeSpan exposed = _time.GetElapsedTime(started);
            awaited = $"did not read out within {_settings.ReadOutDeadline.TotalSeconds:G3} s";
            Frame? frame = await detector.ReadOutAsync(lease, stopping).AsTask()
                .WaitAsync(_settings.ReadOutDeadline, _time, stopping).ConfigureAwait(false);
            if (frame is null)
            {
                const string Nothing = "The detector read out nothing.";
                return new ExposureFaulted(lease, Nothing, FaultClass.Transient, use.On);
            }

            return new FrameReadOut(lease, frame, started, use.On, exposed, _time.GetElapsedTime(started) - exposed);
        }
        catch (BeamHeldException exception)
        {
            return Held(lease, use) with { Reason = exception.Message };
        }
        catch (Exception) when (use.EndedBy == BeamEnd.Person)
        {
            // A detector may not bear to lose its beam; that is no fault of its own.
            return Held(lease, use);
        }
        catch (InstrumentException exception)
        {
            return new ExposureFaulted(lease, exception.Message, exception.FaultClass, use.On)
            {
                IsOutcomeUnknown = exception is OutcomeUnknownException,
            };
        }
        catch (TimeoutException)
        {
            return new ExposureFaulted(lease, $"The detector {awaited}.", FaultClass.Transient, use.On);
        }
    }

    private static ExposureFaulted Held(ExposureLease lease, BeamUse use) =>
        new(lease, Blanked, FaultClass.Transient, use.On) { IsHeld = true };
}
