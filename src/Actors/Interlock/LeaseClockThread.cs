namespace DklActors.Actors.Interlock;

/// <summary>A thread of its own (no thread-pool timer, which a jammed pool would delay), of the highest priority.
/// </summary>
internal sealed class LeaseClockThread : ILeaseClock
{
    // How often it looks at an injected clock, which may move faster than the thread sleeps.
    private static readonly TimeSpan LongestNap = TimeSpan.FromMilliseconds(5);

    private readonly AutoResetEvent _bell = new(initialState: false);
    private Thread? _thread;
    private volatile bool _ended;

    public void Start(Func<TimeSpan?> look)
    {
        _thread = new Thread(() => Run(look))
        {
            Name = "beam lease clock",
            IsBackground = true,
            Priority = ThreadPriority.Highest,
        };
        _thread.Start();
    }

    public void Wake() => _bell.Set();

    public void Dispose()
    {
        _ended = true;
        _bell.Set();
        _thread?.Join();
        _bell.Dispose();
    }

    private void Run(Func<TimeSpan?> look)
    {
        while (!_ended)
        {
            // A bell that rang during the look is still heard.
            TimeSpan nap = look() is { } left ? (left < LongestNap ? left : LongestNap) : Timeout.InfiniteTimeSpan;
            _bell.WaitOne(nap);
        }
    }
}
