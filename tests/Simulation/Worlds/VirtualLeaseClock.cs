using DklActors.Actors.Interlock;

namespace DklActors.Simulation.Worlds;

/// <summary>The lease clock in virtual time: like its thread it comes before everything else, at exactly its time.
/// </summary>
internal sealed class VirtualLeaseClock(TimeProvider time) : ILeaseClock
{
    private Func<TimeSpan?> _look = () => null;
    private ITimer? _stop;
    private long? _due;

    public void Start(Func<TimeSpan?> look) => _look = look;

    // Under the guard's lock, so not now: but before time moves on, also when the driver that is called next hangs.
    public void Wake() => LookIn(TimeSpan.Zero);

    public void Dispose() => _stop?.Dispose();

    /// <summary>Looks if it is time. Called after every step, and time stops for it.</summary>
    public void Tick()
    {
        while (_due <= time.GetTimestamp())
        {
            _due = null;
            if (_look() is { } nap)
            {
                LookIn(nap);
            }
        }
    }

    private void LookIn(TimeSpan nap)
    {
        _due = time.GetTimestamp() + nap.Ticks;
        _stop?.Dispose();
        _stop = time.CreateTimer(_ => { }, null, nap, Timeout.InfiniteTimeSpan);
    }
}
