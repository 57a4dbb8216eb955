using DklActors.Actors.Experiments;
using DklActors.Instruments.Ports;
using DklActors.Messages.Geometry;

namespace DklActors.Actors.Stage;

/// <summary>Moves the probe: checks the soft limits, sets, waits until settled, reads back, confirms.</summary>
/// <remarks>Only ever asked to move while the beam is blanked; the experiment sees to that.</remarks>
internal sealed class StageActor : WorkerActor
{
    private readonly IProbe _probe;
    private readonly StageSettings _settings;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopping = new();

    public StageActor(IProbe probe, StageSettings settings, TimeProvider time)
    {
        _probe = probe;
        _settings = settings;
        _time = time;
        Receive<PlaceProbe>(place => PlaceAsync(place, _stopping.Token).PipeTo(
            Context.Parent,
            Self,
            failure: exception => new ProbeRefused(place.Point, exception.Message)));
    }

    protected override void PostStop()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private async Task<object> PlaceAsync(PlaceProbe place, CancellationToken stopping)
    {
        if (SoftLimitAgainst(place.Target) is { } reason)
        {
            return new ProbeRefused(place.Point, reason);
        }

        long started = _time.GetTimestamp();
        string last = string.Empty;
        for (int attempt = 1; attempt <= _settings.Attempts; attempt++)
        {
            try
            {
                ProbePosition readBack = await MoveAndReadBackAsync(place.Target, stopping).ConfigureAwait(false);
                double distance = readBack.DistanceTo(place.Target);
                if (distance <= _settings.ToleranceInPixels)
                {
                    return new ProbePlaced(place.Point, place.Target, readBack, _time.GetElapsedTime(started));
                }

                last = FormattableString.Invariant(
                    $"asked for {place.Target}, read back {readBack}, {distance:F2} px away; ")
                    + FormattableString.Invariant($"the tolerance is {_settings.ToleranceInPixels:G3} px");
            }
            catch (InstrumentException exception) when (exception.FaultClass == FaultClass.Transient)
            {
                last = exception.Message;
            }
            catch (TimeoutException)
            {
                last = $"no answer within {_settings.Timeout.TotalSeconds:G3} s";
            }
        }

        return new ProbeRefused(place.Point, $"The probe was not placed in {_settings.Attempts} attempts: {last}.");
    }

    private async Task<ProbePosition> MoveAndReadBackAsync(ProbePosition target, CancellationToken stopping)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Task<ProbePosition> readBack = MoveThenReadBackAsync(giveUp.Token);
        try
        {
            return await readBack.WaitAsync(_settings.Timeout, _time, stopping).ConfigureAwait(false);
        }
        finally
        {
            giveUp.Cancel();
        }

        async Task<ProbePosition> MoveThenReadBackAsync(CancellationToken cancellationToken)
        {
            await _probe.MoveAsync(target, cancellationToken).ConfigureAwait(false);
            return await _probe.ReadBackAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private string? SoftLimitAgainst(ProbePosition target)
    {
        GridShape window = _probe.ScanWindow;
        return _settings.Allows(target, window)
            ? null
            : $"{target} is outside the scan window of {window} less a margin of {_settings.MarginInPixels} px.";
    }
}
