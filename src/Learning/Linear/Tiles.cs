using System.Runtime.ExceptionServices;

namespace DklActors.Learning.Linear;

/// <summary>
/// Splits independent columns into tiles of fixed size and works on them on several threads. Tiles do not depend on
/// the number of threads and nothing is summed across them, so the bits do not either.
/// </summary>
internal static class Tiles
{
    /// <param name="length">Number of columns.</param>
    /// <param name="tileSize">Columns in a tile.</param>
    /// <param name="threads">Most threads to use.</param>
    /// <param name="body">Gets the start and the length of a tile.</param>
    public static void ForEach(int length, int tileSize, int threads, Action<int, int> body)
    {
        int count = (length + tileSize - 1) / tileSize;
        if (threads > 1 && count > 1)
        {
            new SharedWork(length, tileSize, count, body).Run(Math.Min(threads, count) - 1);
            return;
        }

        for (int start = 0; start < length; start += tileSize)
        {
            body(start, Math.Min(tileSize, length - start));
        }
    }

    /// <summary>
    /// Tiles that the caller and some helpers of the pool take one by one. The caller never waits for a helper to
    /// come, only for one to finish its last tile; a helper that comes late finds nothing to do.
    /// </summary>
    private sealed class SharedWork(int length, int tileSize, int count, Action<int, int> body) : IThreadPoolWorkItem
    {
        private int _taken;
        private int _finished;
        private ExceptionDispatchInfo? _failure;

        public void Run(int helpers)
        {
            for (int i = 0; i < helpers; i++)
            {
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            }

            Execute();
            var wait = default(SpinWait);
            while (Volatile.Read(ref _finished) < count)
            {
                // Never a sleep of a millisecond: what is waited for is shorter.
                wait.SpinOnce(sleep1Threshold: -1);
            }

            Volatile.Read(ref _failure)?.Throw();
        }

        public void Execute()
        {
            for (int tile = Take(); tile < count; tile = Take())
            {
                int start = tile * tileSize;
                try
                {
                    body(start, Math.Min(tileSize, length - start));
                }
                catch (Exception exception)
                {
                    // It reaches the caller, on whichever thread it happened.
                    Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(exception), null);
                }

                Interlocked.Increment(ref _finished);
            }
        }

        private int Take() => Interlocked.Increment(ref _taken) - 1;
    }
}
