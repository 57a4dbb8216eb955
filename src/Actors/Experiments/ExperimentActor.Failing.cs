using DklActors.Actors.Detection;
using DklActors.Actors.Planning;
using DklActors.Instruments.Ports;
using DklActors.Messages;
using DklActors.Messages.Events;

namespace DklActors.Actors.Experiments;

/// <summary>Exposures that gave no frame: tried again, or their points given up.</summary>
internal sealed partial class ExperimentActor
{
    private const int MostFailuresInARow = 3;

    // Exposures that a person ended: they do not count as attempts that failed.
    private readonly Dictionary<PointId, int> _spared = [];

    private void OnExposureFaulted(ExposureFaulted faulted)
    {
        if (_exposing is not { } slot || slot.Lease != faulted.Lease)
        {
            return;
        }

        Timers.Cancel(DetectorName);
        _meter.BeamWasOn(faulted.BeamOn);
        _log.Warning(
            "Point {Point}, attempt {Attempt}: {Reason}", slot.Point, faulted.Lease.Attempt, faulted.Reason);
        if (_guard.Alarm is { } alarm)
        {
            // The beam may be on still: the exposure is under way, and charged as such.
            End(new ExperimentInterlocked(alarm));
            return;
        }

        _exposing = null;
        if (faulted.IsOutcomeUnknown)
        {
            DoubtOutcome(slot, faulted);
            return;
        }

        if (faulted.IsHeld)
        {
            _spared[slot.Point] = _spared.GetValueOrDefault(slot.Point) + 1;
        }

        int failures = faulted.Lease.Attempt - _spared.GetValueOrDefault(slot.Point);
        bool again = faulted.IsHeld
            || (faulted.FaultClass != FaultClass.Permanent && failures < _settings.Exposure.Attempts);
        Persist(
            new ExposureFailed(
                slot.Point,
                faulted.Lease.Attempt,
                faulted.Reason,
                faulted.FaultClass.ToString(),
                Charge(faulted.BeamOn)),
            () =>
            {
                if (faulted.IsHeld)
                {
                    _queue.AddFirst(slot.Point);
                }
                else if (again)
                {
                    TimeSpan delay = RetryDelay(slot.Point, faulted.Lease.Attempt);
                    _log.Debug(
                        "Point {Point}, attempt {Attempt}: due in {DelayMs:F0} ms",
                        slot.Point, faulted.Lease.Attempt + 1, delay.TotalMilliseconds);
                    Timers.StartSingleTimer(slot.Point, new RetryPoint(slot.Point), delay);
                }
                else
                {
                    Abandon(slot.Point, $"{faulted.Lease.Attempt} exposures failed, the last: {faulted.Reason}");
                }

                Pump();
            });
    }

    private void OnRetry(PointId point)
    {
        if (_givenUp.Contains(point))
        {
            return;
        }

        _queue.AddFirst(point);
        Pump();
    }

    private void Abandon(PointId point, string reason, AbandonCause cause = AbandonCause.NoFrame)
    {
        if (_placing is { } placing && placing.Point == point && _givenUp.Contains(point))
        {
            Timers.Cancel(StageName);
            LetGo(placing);
            return;
        }

        _log.Warning("Point {Point} is given up: {Reason}", point, reason);
        _givenUp.Add(point);
        if (_placing?.Point == point)
        {
            _placing = null;
            Timers.Cancel(StageName);
        }

        Persist(new PointAbandoned(point, reason, cause), () =>
        {
            if (_state.FailuresInARow >= MostFailuresInARow)
            {
                End(new ExperimentFailed(
                    $"{MostFailuresInARow} points in a row gave no frame; the last: {reason}"));
                return;
            }

            ScalarizeWhatIsComplete();
            Pump();
        });
    }

    // Doubling from 50 ms, with a jitter that the run's seed decides, so that a replay sees the same.
    private TimeSpan RetryDelay(PointId point, int attempt)
    {
        ulong draw = RunSeeds.Retry(_settings.Seed, point.Value, attempt);
        double jitter = 0.5 + ((draw >> 11) * (1.0 / (1UL << 53)));
        return TimeSpan.FromMilliseconds(50 * Math.Pow(2, attempt - 1) * jitter);
    }
}
