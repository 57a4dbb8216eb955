namespace DklActors.Host.Logging;

/// <summary>How much a log may take of a disk and of the memory.</summary>
/// <param name="FileBytes">A file that is about to grow beyond it is set aside and a new one begun.</param>
/// <param name="OlderFiles">Files set aside that are kept; older ones are deleted.</param>
/// <param name="WaitingLines">Lines that may wait for a slow disk; what comes on top is dropped and counted.</param>
internal sealed record LogBounds(long FileBytes, int OlderFiles, int WaitingLines)
{
    public static readonly LogBounds Default = new(10_000_000, 4, 10_000);
}
