namespace DklActors.Host.Running;

/// <summary>
/// On two cores the pool begins with two threads, and training may hold both: whoever looks on, or listens for a beat,
/// would wait until it has grown, one thread every half a second.
/// </summary>
internal static class ThreadFloor
{
    private const int LeastThreads = 32;

    /// <summary>Lets the pool begin with enough threads.</summary>
    public static void Raise()
    {
        ThreadPool.GetMinThreads(out int workers, out int ports);
        ThreadPool.SetMinThreads(Math.Max(workers, LeastThreads), Math.Max(ports, LeastThreads));
    }
}
