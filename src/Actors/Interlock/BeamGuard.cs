using DklActors.Instruments.Ports;
using DklActors.Messages.Exposure;

namespace DklActors.Actors.Interlock;

/// <summary>
/// The only way to unblank the beam: under one lease at a time, with a clock of its own that blanks when the lease's
/// longest wall time is over.
/// </summary>
/// <remarks>Blanked on construction and on disposal. Every blanking is verified by read-back.</remarks>
public sealed class BeamGuard : IBeamPulse, IDisposable
{
    // How often a stuck blanker is tried again.
    private static readonly TimeSpan BlankAgainAfter = TimeSpan.FromMilliseconds(5);
    private const int BlankAttempts = 5;

    private readonly IBeam _beam;
    private readonly TimeProvider _time;
    private readonly ILeaseClock _clock;
    private readonly Lock _gate = new();

    // Under _gate.
    private ExposureLease? _lease;
    private long _unblankedAt;
    private ExposureLease? _lastLease;
    private BeamUse _lastUse;
    private bool _unblanking;
    private long _suspensions;
    private long _allowed;
    private bool _disposed;

    // Set under it, and read without: a blanker that hangs under the gate must not keep others from hearing of it.
    private volatile string? _alarm;
    private volatile bool _retired;

    // Without it.
    private long _looks;
    private volatile bool _isAtRest;

    public BeamGuard(IBeam beam, TimeProvider time)
        : this(beam, time, new LeaseClockThread())
    {
    }

    internal BeamGuard(IBeam beam, TimeProvider time, ILeaseClock clock)
    {
        _beam = beam;
        _time = time;
        _clock = clock;
        lock (_gate)
        {
            BlankVerified();
        }

        _clock.Start(Look);
    }

    /// <summary>Why the beam could not be blanked, or null; once set, no lease is given any more.</summary>
    public string? Alarm => _alarm;

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

    /// <summary>
    /// The beam as it is now, from any thread. Reads the blanker back, and so takes as long as the instrument does.
    /// </summary>
    public BeamStatus Status
    {
        get
        {
            bool? isBlanked;
            try
            {
                isBlanked = _beam.IsBlanked;
            }
            catch (Exception)
            {
                isBlanked = null;
            }

            lock (_gate)
            {
                TimeSpan? left = _lease is null ? null : _lease.LongestWallTime - _time.GetElapsedTime(_unblankedAt);
                return new BeamStatus(_lease, left, _alarm, isBlanked);
            }
        }
    }

    // These two without the gate: a driver that hangs under it must not hang who asks, for others wait for that one.

    /// <inheritdoc/>
    public long Looks =>
        // At rest for good there is nothing left to do in time.
        _isAtRest ? Interlocked.Increment(ref _looks) : Interlocked.Read(ref _looks);

    /// <inheritdoc/>
    public void Ask()
    {
        try
        {
            _clock.Wake();
        }
        catch (ObjectDisposedException)
        {
            // At rest for good.
        }
    }

    /// <summary>Unblanks under a lease.</summary>
    /// <exception cref="BeamHeldException">A person holds the beam, or did so before it was on.</exception>
    /// <exception cref="InvalidOperationException">Another lease is open: a bug, since there is one probe.</exception>
    /// <exception cref="InstrumentException">
    /// The beam refused, an earlier blanking failed, the guard is retired, or the lease ended before the beam was on.
    /// </exception>
    public void Open(ExposureLease lease)
    {
        ArgumentNullException.ThrowIfNull(lease);
        lock (_gate)
        {
            Begin(lease);
        }

        // Not under the gate: a driver that hangs here, with the beam perhaps on, must not keep others from blanking.
        try
        {
            _beam.Unblank();
        }
        catch
        {
            EndUnblanking(lease, failed: true);
            throw;
        }

        if (!EndUnblanking(lease, failed: false))
        {
            ThrowIfHeld(lease);
            throw new InstrumentException(
                FaultClass.Transient, $"Lease {lease.Id} ended before the beam was unblanked; the beam is blanked.");
        }
    }

    /// <summary>Blanks and ends the lease; harmless when the lease clock was faster.</summary>
    /// <returns>How long the beam was on at most, and who blanked it; no time for a lease never opened.</returns>
    public BeamUse Close(ExposureLease lease)
    {
        ArgumentNullException.ThrowIfNull(lease);
        lock (_gate)
        {
            if (_lease == lease)
            {
                CloseUnderGate(BeamEnd.Holder);
            }

            return _lastLease == lease ? _lastUse : new BeamUse(TimeSpan.Zero, BeamEnd.Revocation);
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

    /// <summary>
    /// Blanks at once, and gives no lease until <see cref="Allow"/>: a person's word, which queues behind nothing.
    /// </summary>
    /// <returns>A ticket: what is to be allowed before there is a lease again.</returns>
    public long Suspend()
    {
        lock (_gate)
        {
            _suspensions++;
            CloseUnderGate(BeamEnd.Person);
            return _suspensions;
        }
    }

    /// <summary>The last ticket that was given; 0 for none.</summary>
    public long Suspensions
    {
        get
        {
            lock (_gate)
            {
                return _suspensions;
            }
        }
    }

    /// <summary>Whether a suspension is not allowed for.</summary>
    public bool IsSuspended
    {
        get
        {
            lock (_gate)
            {
                return _allowed < _suspensions;
            }
        }
    }

    /// <summary>Gives leases again, unless there was a suspension after those up to a ticket.</summary>
    public void Allow(long upTo)
    {
        lock (_gate)
        {
            _allowed = Math.Max(_allowed, upTo);
        }
    }

    /// <summary>
    /// Blanks at once and for good: from now on no lease is given. After an alarm none is given anyway, and the clock
    /// goes on blanking: nobody waits then for a blanker that does not answer.
    /// </summary>
    public void Retire()
    {
        _retired = true;
        if (_alarm is not null)
        {
            return;
        }

        lock (_gate)
        {
            if (_alarm is null)
            {
                CloseUnderGate(BeamEnd.Revocation);
            }
        }
    }

    /// <summary>For how long the beam was on under a lease at most; until now where it could not be blanked.</summary>
    public TimeSpan OnAtMost(ExposureLease lease)
    {
        ArgumentNullException.ThrowIfNull(lease);
        if (_alarm is null)
        {
            lock (_gate)
            {
                if (_alarm is null && _lease != lease)
                {
                    return _lastLease == lease ? _lastUse.On : TimeSpan.Zero;
                }
            }
        }

        // Since an alarm no lease was begun that could have changed these.
        return _lastLease == lease ? _time.GetElapsedTime(Interlocked.Read(ref _unblankedAt)) : TimeSpan.Zero;
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
            _isAtRest = _alarm is null;
        }

        _clock.Dispose();
    }

    private void Begin(ExposureLease lease)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_alarm is not null)
        {
            throw new InstrumentException(FaultClass.Permanent, _alarm);
        }

        if (_retired)
        {
            throw new InstrumentException(FaultClass.Permanent, $"Lease {lease.Id} comes too late: the run is ending.");
        }

        ThrowIfHeld(lease);
        if (_lease is not null || _unblanking)
        {
            throw new InvalidOperationException(
                $"Lease {lease.Id} was asked for while {(_lease ?? _lastLease)!.Id} is open.");
        }

        _lease = lease;
        _lastLease = lease;
        _lastUse = default;
        _unblankedAt = _time.GetTimestamp();
        _unblanking = true;
        _clock.Wake();
    }

    private void ThrowIfHeld(ExposureLease lease)
    {
        lock (_gate)
        {
            if (_allowed < _suspensions || (_lastLease == lease && _lastUse.EndedBy == BeamEnd.Person))
            {
                throw new BeamHeldException($"Lease {lease.Id} is not given: a person has blanked the beam.");
            }
        }
    }

    /// <summary>Whether the lease is open. If not, the beam is blanked: a blanking may have come too early.</summary>
    private bool EndUnblanking(ExposureLease lease, bool failed)
    {
        lock (_gate)
        {
            _unblanking = false;
            if (_lease == lease && !failed)
            {
                return true;
            }

            BeamEnd endedBy = _lease == lease ? BeamEnd.Revocation : _lastUse.EndedBy;
            BlankVerified();
            _lastUse = new BeamUse(_time.GetElapsedTime(_unblankedAt), endedBy);
            _lease = null;
            return false;
        }
    }

    /// <summary>Blanks what is due, on the clock's thread.</summary>
    private TimeSpan? Look()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return null;
            }

            Interlocked.Increment(ref _looks);
            if (_lease is { } lease)
            {
                TimeSpan left = lease.LongestWallTime - _time.GetElapsedTime(_unblankedAt);
                if (left > TimeSpan.Zero)
                {
                    return left;
                }

                CloseUnderGate(BeamEnd.LeaseClock);
            }

            if (!_unblanking && _alarm is null)
            {
                return null;
            }

            // A beam that may be on under no lease: an unblanking that hangs, or a blanker that failed.
            BlankVerified();
            return BlankAgainAfter;
        }
    }

    private void CloseUnderGate(BeamEnd endedBy)
    {
        BlankVerified();
        if (_lease is not null)
        {
            // A frame with less beam than it was asked for must not pass for one.
            bool wasTakenAway = endedBy == BeamEnd.Holder && _beam is ISharedBeam { WasTakenAway: true };
            _lastUse = new BeamUse(
                _time.GetElapsedTime(_unblankedAt), wasTakenAway ? BeamEnd.Watchdog : endedBy);
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
            catch (Exception exception)
            {
                // Whatever a driver throws: on the lease clock's thread it would end the process with the beam on.
                reason = exception.Message;
            }
        }

        _alarm ??= $"THE BEAM COULD NOT BE BLANKED after {BlankAttempts} attempts: {reason}. "
            + "Close the column valves by hand, then find out why.";
        _clock.Wake();
    }
}
