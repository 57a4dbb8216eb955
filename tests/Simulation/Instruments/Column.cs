using DklActors.Instruments.Ports;
using DklActors.Messages.Exposure;
using DklActors.Messages.Geometry;
using DklActors.Simulation.Faults;

namespace DklActors.Simulation.Instruments;

/// <summary>
/// The electron column as it is, whatever anybody believes: whether the beam is on, since when, and where it points.
/// It charges the specimen for every moment.
/// </summary>
internal sealed class Column(Specimen specimen, FaultPlan faults, DeterministicScheduler scheduler) : IBeam
{
    private long _chargedUpTo;
    private int _stuckFor;

    public bool IsOn { get; private set; }

    /// <summary>Whether the instrument itself has the beam on, for the structural image.</summary>
    public bool IsScanning { get; set; }

    /// <summary>Whether blanking does nothing, so that what must not be cannot be helped.</summary>
    public bool IsStuck { get; private set; }

    /// <summary>Whether the blanker was ever broken for longer than anybody tries.</summary>
    public bool WasStuck { get; private set; }

    public long OnSince { get; private set; }

    /// <summary>How long the beam has been on.</summary>
    public TimeSpan Elapsed => IsOn ? Now(scheduler.Time.GetTimestamp() - OnSince) : TimeSpan.Zero;

    public ProbePosition Probe { get; set; }

    /// <summary>What the detector was armed for last.</summary>
    public ExposureLease? Armed { get; set; }

    /// <summary>Called before the beam goes on for an exposure: is there a reason?</summary>
    public Action<ExposureLease?> BeforeUnblanking { get; set; } = _ => { };

    /// <summary>Whether the process that could command it is gone.</summary>
    public bool IsDeserted { get; set; }

    public bool IsBlanked => !IsOn;

    private static TimeSpan Now(long ticks) => TimeSpan.FromTicks(ticks);

    public void Unblank()
    {
        ThrowIfDeserted();
        if (faults.Happens(FaultKind.UnblankRefused))
        {
            throw Fault(FaultKind.UnblankRefused);
        }

        BeforeUnblanking(Armed);
        TurnOn();
        if (faults.Happens(FaultKind.UnblankThrowsWithBeamOn))
        {
            throw Fault(FaultKind.UnblankThrowsWithBeamOn);
        }

        if (faults.Happens(FaultKind.UnblankHangs))
        {
            scheduler.RunFor(faults.Choice.Between(TimeSpan.Zero, TimeSpan.FromSeconds(4)));
        }
    }

    public void Blank()
    {
        ThrowIfDeserted();
        if (_stuckFor == 0 && IsOn && faults.Happens(FaultKind.BlankerSticks))
        {
            _stuckFor = 1 + faults.Choice.Below(12);
        }

        if (_stuckFor > 0)
        {
            _stuckFor--;
            Charge();
            IsStuck = IsOn;
            WasStuck |= IsOn && _stuckFor >= 4;
            return;
        }

        if (faults.Happens(FaultKind.BlankFailsOnce))
        {
            throw Fault(FaultKind.BlankFailsOnce);
        }

        TurnOff();
    }

    public void TurnOn()
    {
        if (!IsOn)
        {
            IsOn = true;
            OnSince = _chargedUpTo = scheduler.Time.GetTimestamp();
        }
    }

    public void TurnOff()
    {
        Charge();
        IsOn = false;
        IsStuck = false;
    }

    /// <summary>Charges the specimen up to now.</summary>
    public void Charge()
    {
        long now = scheduler.Time.GetTimestamp();
        TimeSpan since = Now(now - _chargedUpTo);
        _chargedUpTo = now;
        if (!IsOn)
        {
            return;
        }

        if (IsStuck)
        {
            specimen.Lose(since);
        }
        else if (IsScanning)
        {
            specimen.Scan(since);
        }
        else
        {
            specimen.Expose((Probe - specimen.Drift).NearestPixel, since);
        }
    }

    /// <summary>
    /// The process is gone. The instrument times exposures itself and blanks at the lease's longest wall time at the
    /// latest; a structural image comes to its end.
    /// </summary>
    public void Desert()
    {
        IsDeserted = true;
        if (IsOn)
        {
            TimeSpan longest = IsScanning || Armed is null ? TimeSpan.FromMilliseconds(50) : Armed.LongestWallTime;
            TimeSpan left = longest - Now(scheduler.Time.GetTimestamp() - OnSince);
            scheduler.Time.Move(left > TimeSpan.Zero ? faults.Choice.Fraction() * left : TimeSpan.Zero);
            TurnOff();
        }
    }

    private void ThrowIfDeserted()
    {
        if (IsDeserted)
        {
            throw Fault(FaultKind.ProcessDies);
        }
    }

    private static InstrumentException Fault(FaultKind kind) =>
        new(FaultClass.Transient, FaultPlan.Injected(kind));
}
