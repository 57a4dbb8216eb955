using DklActors.Instruments.Blankers;

namespace DklActors.Host.Tests.Watching;

/// <summary>The line of a simulated blanker, seen from outside the processes that have it.</summary>
internal sealed class BeamLine(string path)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly FileBlanker _blanker = new(path);

    public string Path => path;

    public string Spec => $"file:{path}";

    public bool IsBlanked => _blanker.IsBlanked;

    public void Unblank() => _blanker.Unblank();

    public Task UntilUnblankedAsync() => UntilAsync(() => !IsBlanked, "the beam is on");

    public Task UntilBlankedAsync() => UntilAsync(() => IsBlanked, "the beam is blanked");

    /// <summary>Waits for something: not for long, but for minutes on a machine that has no time.</summary>
    /// <returns>How long it took.</returns>
    public static async Task<TimeSpan> UntilAsync(Func<bool> condition, string what)
    {
        long started = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(started) > Patience)
            {
                throw new TimeoutException($"It did not come about that {what}.");
            }

            await Task.Delay(Glance, TimeProvider.System);
        }

        return TimeProvider.System.GetElapsedTime(started);
    }
}
