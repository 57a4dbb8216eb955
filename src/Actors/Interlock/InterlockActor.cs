using DklActors.Actors.Dosimetry;
using DklActors.Actors.Experiments;

namespace DklActors.Actors.Interlock;

/// <summary>
/// Says whether an exposure may happen: hard dose and time limits, conditions outside, the state of the beam. It has
/// no say in what is measured, and nothing that plans has a say in it.
/// </summary>
internal sealed class InterlockActor : WorkerActor, IWithTimers
{
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(1);

    private readonly DoseLimits _limits;
    private readonly BeamGuard _guard;
    private readonly IReadOnlyList<ISuspender> _conditions;
    private readonly TimeProvider _time;
    private readonly long _startedAt;
    private readonly HashSet<string> _suspending = [];
    private bool _alarmed;

    public InterlockActor(DoseLimits limits, BeamGuard guard, ExperimentPorts ports)
    {
        _limits = limits;
        _guard = guard;
        _conditions = ports.Conditions;
        _time = ports.Time;
        _startedAt = ports.Time.GetTimestamp();

        Receive<RequestExposure>(request => Sender.Tell(Decide(request)));
        Receive<RequestScan>(request => Sender.Tell(Decide(request)));
        Receive<Check>(_ => LookAtConditions());
        Receive<CheckConditions>(_ =>
        {
            LookAtConditions();
            Sender.Tell(ConditionsChecked.Instance);
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        LookAtConditions();
        Timers.StartPeriodicTimer(nameof(Check), Check.Instance, CheckInterval);
    }

    private object Decide(RequestExposure request)
    {
        // A condition that has just come to hold back must not wait for the next look. The experiment hears of it
        // before the answer, and puts the point back for better times.
        LookAtConditions();
        if (Ends(request.Ledger, request.Electrons) is { } ends)
        {
            return new ExposureVetoed(request.Lease, ends, EndsRun: true);
        }

        var after = DoseLedger.DoseOf(request.Ledger.ElectronsAt(request.Pixel) + request.Electrons, request.PixelSize);
        return _limits.PerPixel is { } highest && after > highest
            ? new ExposureVetoed(
                request.Lease, $"Pixel {request.Pixel} would receive {after}; the limit is {highest}.", EndsRun: false)
            : new ExposureGranted(request.Lease);
    }

    private object Decide(RequestScan request)
    {
        LookAtConditions();
        if (Ends(request.Ledger, request.Electrons) is { } ends)
        {
            return new ScanVetoed(ends, EndsRun: true);
        }

        double most = request.Ledger.ElectronsEverywhere
            + request.Ledger.ElectronsByPixel.Values.DefaultIfEmpty().Max();
        var after = DoseLedger.DoseOf(most + (request.Electrons / request.Pixels), request.PixelSize);
        return _limits.PerPixel is { } highest && after > highest
            ? new ScanVetoed(
                $"A scan of the image would take the most exposed pixel to {after}; the limit is {highest}.",
                EndsRun: false)
            : ScanGranted.Instance;
    }

    /// <summary>Why nothing may be exposed any more, or null.</summary>
    private string? Ends(DoseLedger ledger, double electrons) => _guard.Alarm
        ?? OverTime()
        ?? (_limits.TotalElectrons is { } most && ledger.TotalElectrons + electrons > most
            ? $"The total dose of {most:G4} electrons would be exceeded "
                + $"({ledger.TotalElectrons:G4} used, {electrons:G4} asked for)."
            : null);

    private string? OverTime() =>
        _limits.Duration is { } longest && _time.GetElapsedTime(_startedAt) > longest
            ? $"The time limit of {longest.TotalMinutes:G4} min is over."
            : null;

    private void LookAtConditions()
    {
        if (_guard.Alarm is { } alarm && !_alarmed)
        {
            _alarmed = true;
            Context.Parent.Tell(new BeamAlarm(alarm));
        }

        foreach (ISuspender condition in _conditions)
        {
            string? reason = ReasonOf(condition);
            if (reason is not null && _suspending.Add(condition.Name))
            {
                Context.Parent.Tell(new ExposuresSuspended(condition.Name, reason));
            }
            else if (reason is null && _suspending.Remove(condition.Name))
            {
                Context.Parent.Tell(new ExposuresReleased(condition.Name));
            }
        }
    }

    // A condition that cannot be told is treated as the worst case.
    private static string? ReasonOf(ISuspender condition)
    {
        try
        {
            return condition.Check();
        }
        catch (Exception exception)
        {
            return $"The condition '{condition.Name}' cannot be checked: {exception.Message}";
        }
    }

    private sealed record Check
    {
        public static readonly Check Instance = new();
    }
}
