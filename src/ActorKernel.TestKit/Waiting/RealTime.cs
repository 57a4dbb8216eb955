namespace DklActors.ActorKernel.TestKit.Waiting;

/// <summary>Actors run on threads, and time is what passes on the wall.</summary>
internal sealed class RealTime : Waiter
{
    // Conditions of a test's own are looked at this often; what arrives at a probe is seen at once.
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(10);

    private readonly Beat _beat = new();
    private readonly long _start = TimeProvider.System.GetTimestamp();

    public override TimeSpan Now => TimeProvider.System.GetElapsedTime(_start);

    public override void Pulse() => _beat.Pulse();

    public override async ValueTask<bool> UntilAsync(
        Func<bool> condition, TimeSpan max, bool blocking, CancellationToken cancellationToken)
    {
        var end = Now + max;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var seen = _beat.Count;
            if (condition())
            {
                return true;
            }

            var left = end - Now;
            if (left <= TimeSpan.Zero)
            {
                return false;
            }

            await _beat.NextAsync(seen, left < Poll ? left : Poll, blocking, cancellationToken).ConfigureAwait(false);
        }
    }

    public override ValueTask<bool> PassAsync(
        TimeSpan duration, Func<bool> condition, bool blocking, CancellationToken cancellationToken) =>
        UntilAsync(condition, duration, blocking, cancellationToken);
}
