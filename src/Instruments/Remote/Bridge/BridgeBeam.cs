using DklActors.Instruments.Ports;
using DklActors.Instruments.Remote.Bridge.Linking;
using DklActors.Instruments.Remote.Bridge.Speaking;

namespace DklActors.Instruments.Remote.Bridge;

/// <summary>
/// The blanker behind a bridge. Nothing here turns the beam on: unblanking gives a permit, with which the detector or
/// the survey asks for beam; blanking revokes it, so that a request that arrives later exposes nothing.
/// </summary>
/// <remarks>All calls block the thread that makes them and need no other.</remarks>
internal sealed class BridgeBeam : ISharedBeam
{
    /// <summary>How long a blanking bears a link that is gone; the bridge blanks by itself meanwhile.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>After a link was gone for so long, a blanking fails at once.</summary>
    private static readonly TimeSpan LongOutage = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan CallDeadline = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan AgainAfter = TimeSpan.FromMilliseconds(50);

    private readonly BridgeCaller _caller;
    private readonly BridgeLink _link;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private long _permit;
    private volatile bool _takenAway;

    // Under _gate.
    private long? _lostSince;

    public BridgeBeam(BridgeCaller caller, BridgeLink link, TimeProvider time)
    {
        _caller = caller;
        _link = link;
        _time = time;
    }

    /// <inheritdoc/>
    public bool WasTakenAway => _takenAway;

    /// <summary>The permit that holds now.</summary>
    public long Permit => Interlocked.Read(ref _permit);

    /// <inheritdoc/>
    public bool IsBlanked => BridgeState.Of(_link.Address, _caller.Call(BeamRequests.State, CallDeadline)).IsBlanked;

    /// <summary>Gives a permit. The beam stays blanked until the detector asks for it.</summary>
    /// <exception cref="InstrumentException">The link is down, or the instrument says that nothing may be exposed.
    /// </exception>
    public void Unblank() => NextPermit();

    public void Blank()
    {
        long started = _time.GetTimestamp();
        BridgeRequest request = BeamRequests.Blank(Permit);
        while (true)
        {
            try
            {
                _caller.Call(request, CallDeadline);
                NoteFound();
                return;
            }
            catch (BridgeException exception) when (exception.IsLost)
            {
                _link.Suspect();
                TimeSpan outage = NoteLost();
                if (_time.GetElapsedTime(started) > Patience || outage > LongOutage)
                {
                    throw;
                }
            }

            Pause();
        }
    }

    /// <returns>A permit that none was given before.</returns>
    /// <exception cref="InstrumentException">As <see cref="Unblank"/>.</exception>
    public long NextPermit()
    {
        if (_link.Problem is { } problem)
        {
            throw new InstrumentException(FaultClass.Transient, problem);
        }

        _ = _link.Session;
        _takenAway = false;
        return Interlocked.Increment(ref _permit);
    }

    /// <summary>The bridge ended an exposure that nobody here ended.</summary>
    public void NoteTakenAway() => _takenAway = true;

    private void NoteFound()
    {
        lock (_gate)
        {
            _lostSince = null;
        }
    }

    private TimeSpan NoteLost()
    {
        lock (_gate)
        {
            _lostSince ??= _time.GetTimestamp();
            return _time.GetElapsedTime(_lostSince.Value);
        }
    }

    // Not on the pool's timers: this is the lease clock's own thread.
    private static void Pause()
    {
        using var never = new ManualResetEventSlim();
        never.Wait(AgainAfter);
    }
}
