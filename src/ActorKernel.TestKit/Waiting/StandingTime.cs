using DklActors.ActorKernel.TestKit.Time;

namespace DklActors.ActorKernel.TestKit.Waiting;

/// <summary>
/// Actors run on threads, and time stands still unless the test moves it. Durations are measured on the test's clock.
/// Real time only ends a wait that would hang: as soon as it has lasted its limit and no actor has anything to do, or
/// at the end of the patience. So a busy machine fails no test, unless what it waits for is not done by actors.
/// </summary>
/// <param name="isQuiet">Whether no actor has anything to do.</param>
internal sealed class StandingTime(ManualTimeProvider clock, Func<TimeSpan> patience, Func<bool> isQuiet) : Waiter
{
    private readonly RealTime _real = new();
    private readonly long _start = clock.GetTimestamp();

    public override TimeSpan Now => clock.GetElapsedTime(_start);

    public override void Pulse() => _real.Pulse();

    public override async ValueTask<bool> UntilAsync(
        Func<bool> condition, TimeSpan max, bool blocking, CancellationToken cancellationToken)
    {
        if (max <= TimeSpan.Zero)
        {
            return condition();
        }

        var (end, realEnd) = (Now + max, _real.Now + max);
        var held = false;
        await _real.UntilAsync(
            () => (held = condition()) || Now >= end || (_real.Now >= realEnd && isQuiet()),
            patience(),
            blocking,
            cancellationToken).ConfigureAwait(false);
        if (held || Now < end)
        {
            return held || condition();
        }

        return await SettleAsync(condition, blocking, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Goes from one timer to the next, and lets the actors finish what each has caused.</summary>
    public override async ValueTask<bool> PassAsync(
        TimeSpan duration, Func<bool> condition, bool blocking, CancellationToken cancellationToken)
    {
        var end = Now + duration;
        while (!await SettleAsync(condition, blocking, cancellationToken).ConfigureAwait(false))
        {
            var left = end - Now;
            if (left <= TimeSpan.Zero)
            {
                return false;
            }

            clock.Advance(clock.UntilNextTimer is { } next && next < left ? next : left);
        }

        return true;
    }

    private async ValueTask<bool> SettleAsync(
        Func<bool> condition, bool blocking, CancellationToken cancellationToken)
    {
        var held = false;
        await _real.UntilAsync(() => (held = condition()) || isQuiet(), patience(), blocking, cancellationToken)
            .ConfigureAwait(false);
        return held || condition();
    }
}
