using DklActors.Instruments.Ports;
using DklActors.Messages.Exposure;

namespace DklActors.Actors.Interlock;

/// <summary>
/// The only way to unblank the beam: under one lease at a time, with a thread of its own (no thread-pool timer,
/// which a jammed pool would delay) that blanks when the lease's longest wall time is over.
/// </summary>
/// <remarks>Blanked on construction and on disposal. Every blanking is verified by read-back.</remarks>
public sealed class BeamGuard : IDisposable
{
    // How often the clock's thread looks at an injected clock while a lease is open.
    private static readonly TimeSpan LongestNap = TimeSpan.FromMilliseconds(5);
    private const int BlankAttempts = 5;

    private readonly IBeam _beam;
    private readonly TimeProvider _time;
    private readonly object _gate = new();
    private readonly Thread _clock;

    // Under _gate.
    private ExposureLease? _lease;
    private long _unblankedAt;
    private BeamUse _lastUse;
    private bool _disposed;
    private string? _alarm;

    public BeamGuard(IBeam beam, TimeProvider time)
    {
        _beam = beam;
        _time = time;
        BlankVerified();
        _clock = new Thread(WatchLeases)
        {
            Name = "beam lease clock",
            IsBackground = true,
            Priority = ThreadPriority.Highest,
        };
        _clock.Start();
    }

    /// <summary>Why the beam could not be blanked, or null; once set, no lease is given any more.</summary>
    public string? Alarm
    {
        get
        {
            lock (_gate)
            {
                return _alarm;
            }
        }
    }

    /// <summary>The lease under which the beam is on, or null.</summary>
    public ExposureLease? Current
    {
        get
        {
            lock (_gate)
            {
                return _lease;
            }
        }
    }

    /// <summary>Unblanks under a lease.</summary>
    /// <exception cref="InvalidOperationException">Another lease is open: a bug, since there is one probe.</exception>
    /// <exception cref="InstrumentException">The beam refused, or an earlier blanking failed.</exception>
    public void Open(ExposureLease lease)
    {
        ArgumentNullException.ThrowIfNull(lease);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_alarm is not null)
            {
                throw new InstrumentException(FaultClass.Permanent, _alarm);
            }

            if (_lease is not null)
            {
                throw new InvalidOperationException($"Lease {lease.Id} was asked for while {_lease.Id} is open.");
            }

            _lease = lease;
            _lastUse = default;
            _unblankedAt = _time.GetTimestamp();
            Monitor.PulseAll(_gate);
            try
            {
                _beam.Unblank();
            }
            catch
            {
                CloseUnderGate(BeamEnd.Revocation);
                throw;
            }
        }
    }

    /// <summary>Blanks and ends the lease; harmless when the lease clock was faster.</summary>
    /// <returns>How long the beam was on at most, and who blanked it.</returns>
    public BeamUse Close(ExposureLease lease)
    {
        ArgumentNullException.ThrowIfNull(lease);
        lock (_gate)
        {
            if (_lease == lease)
            {
                CloseUnderGate(BeamEnd.Holder);
            }

            return _lastUse;
        }
    }

    /// <summary>Blanks at once and takes back whatever lease is open.</summary>
    /// <returns>What the last lease was used for.</returns>
    public BeamUse Revoke()
    {
        lock (_gate)
        {
            CloseUnderGate(BeamEnd.Revocation);
            return _lastUse;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            CloseUnderGate(BeamEnd.Revocation);
            Monitor.PulseAll(_gate);
        }

        _clock.Join();
    }

    private void WatchLeases()
    {
        lock (_gate)
        {
            while (!_disposed)
            {
                if (_lease is null)
                {
                    Monitor.Wait(_gate);
                    continue;
                }

                TimeSpan left = _lease.LongestWallTime - _time.GetElapsedTime(_unblankedAt);
                if (left <= TimeSpan.Zero)
                {
                    CloseUnderGate(BeamEnd.LeaseClock);
                    continue;
                }

                Monitor.Wait(_gate, left < LongestNap ? left : LongestNap);
            }
        }
    }

    private void CloseUnderGate(BeamEnd endedBy)
    {
        BlankVerified();
        if (_lease is not null)
        {
            _lastUse = new BeamUse(_time.GetElapsedTime(_unblankedAt), endedBy);
            _lease = null;
        }
    }

    private void BlankVerified()
    {
        string reason = "it reads back as unblanked";
        for (int attempt = 0; attempt < BlankAttempts; attempt++)
        {
            try
            {
                _beam.Blank();
                if (_beam.IsBlanked)
                {
                    return;
                }
            }
            catch (InstrumentException exception)
            {
                reason = exception.Message;
            }
        }

        _alarm = $"THE BEAM COULD NOT BE BLANKED after {BlankAttempts} attempts: {reason}. "
            + "Close the column valves by hand, then find out why.";
    }
}
