using DklActors.Actors.Experiments;
using DklActors.Actors.Interlock;
using DklActors.Instruments.Ports;
using DklActors.Messages.Geometry;

namespace DklActors.Actors.Placing;

/// <summary>
/// Takes the sample to the run's place: limits, beam blanked and read back as such, move, settle, read back, confirm.
/// </summary>
/// <remarks>
/// However a move ended, answered or not, it is the read-back after it that decides: a place is absolute, so that a
/// move of which nothing was heard is neither believed nor feared.
/// </remarks>
internal sealed class SampleStageActor : WorkerActor
{
    private readonly ISampleStage? _stage;
    private readonly BeamGuard _guard;
    private readonly PlaceSettings _settings;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopping = new();

    public SampleStageActor(ISampleStage? stage, BeamGuard guard, PlaceSettings settings, TimeProvider time)
    {
        _stage = stage;
        _guard = guard;
        _settings = settings;
        _time = time;
        Receive<PlaceSample>(place => PlaceAsync(place, _stopping.Token).PipeTo(
            Context.Parent,
            Self,
            failure: exception => new SampleNotPlaced(
                PlacingFault.Instrument, exception.GetBaseException().Message, place.Ticket)));
    }

    protected override void PostStop()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private async Task<object> PlaceAsync(PlaceSample order, CancellationToken stopping)
    {
        if (_stage is null)
        {
            return new SampleNotPlaced(
                PlacingFault.Instrument, "This instrument's stage cannot be moved from here", order.Ticket);
        }

        StagePosition found;
        try
        {
            found = await WithinTimeoutAsync(_stage.ReadBackAsync, stopping).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return new SampleNotPlaced(
                PlacingFault.TimedOut, $"the stage did not say where it is within {Patience}", order.Ticket);
        }
        catch (InstrumentException exception)
        {
            return new SampleNotPlaced(PlacingFault.Instrument, exception.Message.TrimEnd('.'), order.Ticket);
        }

        if (order.Known is { } known)
        {
            if (IsNear(found, known))
            {
                _stage.Watch(known, _settings.Tolerance);
                return new SamplePlaced(found, found, null, order.Ticket);
            }

            if (!order.MayMove)
            {
                return new SampleElsewhere(found, order.Ticket);
            }
        }

        return await MoveAsync(_stage, found, order.Ticket, stopping).ConfigureAwait(false);
    }

    private async Task<object> MoveAsync(
        ISampleStage stage, StagePosition found, object ticket, CancellationToken stopping)
    {
        long started = _time.GetTimestamp();
        (PlacingFault fault, string last) = (PlacingFault.Elsewhere, string.Empty);
        for (int attempt = 1; attempt <= _settings.Attempts; attempt++)
        {
            if (stage.Limits.ProblemOf(_settings.Place) is var (_, problem))
            {
                return new SampleNotPlaced(PlacingFault.OutsideLimits, problem, ticket);
            }

            _guard.Revoke();
            if (_guard.Alarm is { } alarm)
            {
                return new SampleNotPlaced(PlacingFault.BeamOn, alarm, ticket);
            }

            try
            {
                string? trouble = null;
                StagePosition readBack = await WithinTimeoutAsync(
                    token => MoveAndReadBackAsync(stage, why => trouble = why, token), stopping).ConfigureAwait(false);
                if (IsNear(readBack, _settings.Place))
                {
                    stage.Watch(readBack, _settings.Tolerance);
                    return new SamplePlaced(found, readBack, _time.GetElapsedTime(started), ticket);
                }

                (fault, last) = (
                    PlacingFault.Elsewhere,
                    FormattableString.Invariant($"it reads back {readBack}, ")
                    + FormattableString.Invariant($"{readBack.DistanceTo(_settings.Place).Value:F1} nm away; ")
                    + $"the tolerance is {_settings.Tolerance}" + (trouble is null ? "" : $" ({trouble})"));
            }
            catch (StageLimitException exception)
            {
                return new SampleNotPlaced(PlacingFault.OutsideLimits, exception.Message.TrimEnd('.'), ticket);
            }
            catch (InstrumentException exception) when (exception.FaultClass == FaultClass.Permanent)
            {
                return new SampleNotPlaced(PlacingFault.Instrument, exception.Message.TrimEnd('.'), ticket);
            }
            catch (InstrumentException exception)
            {
                (fault, last) = (PlacingFault.Instrument, exception.Message.TrimEnd('.'));
            }
            catch (TimeoutException)
            {
                (fault, last) = (
                    PlacingFault.TimedOut, $"nothing was heard within {Patience}, and it may still be moving");
            }
        }

        string times = _settings.Attempts == 1 ? "once" : $"{_settings.Attempts} times";
        return new SampleNotPlaced(fault, $"it was sent there {times}: {last}", ticket);
    }

    private async ValueTask<StagePosition> MoveAndReadBackAsync(
        ISampleStage stage, Action<string> troubled, CancellationToken cancellationToken)
    {
        try
        {
            await stage.MoveAsync(_settings.Place, cancellationToken).ConfigureAwait(false);
        }
        catch (InstrumentException exception) when (exception.FaultClass != FaultClass.Permanent)
        {
            // It may have been carried out, or be under way: the read-back tells.
            troubled(exception.Message.TrimEnd('.'));
        }

        await Task.Delay(_settings.Settle, _time, cancellationToken).ConfigureAwait(false);
        return await stage.ReadBackAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<StagePosition> WithinTimeoutAsync(
        Func<CancellationToken, ValueTask<StagePosition>> work, CancellationToken stopping)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        try
        {
            return await work(giveUp.Token).AsTask().WaitAsync(_settings.Timeout, _time, stopping)
                .ConfigureAwait(false);
        }
        finally
        {
            giveUp.Cancel();
        }
    }

    private string Patience => $"{_settings.Timeout.TotalSeconds:G3} s";

    private bool IsNear(StagePosition one, StagePosition other) =>
        one.IsFinite && one.DistanceTo(other).Value <= _settings.Tolerance.Value;
}
