using DklActors.ActorKernel.TestKit.Assertions;
using DklActors.ActorKernel.TestKit.Waiting;

namespace DklActors.ActorKernel.TestKit.Probes;

public abstract partial class MessageReceiver
{
    // The last expectation was that nothing comes, which takes all the time there is: Within must not blame it.
    private bool _endedInSilence;

    /// <summary>No message comes for the rest of the enclosing Within, or for the settings' short default.</summary>
    public void ExpectNoMsg(CancellationToken cancellationToken = default) =>
        Blocking.Completed(SilenceAsync(null, true, cancellationToken));

    /// <summary>
    /// No message comes for this time. Where the test has a clock of its own, the time passes at once, timers fall due
    /// on the way, and all actors have finished what they had to do before silence is stated.
    /// </summary>
    public void ExpectNoMsg(TimeSpan duration, CancellationToken cancellationToken = default) =>
        Blocking.Completed(SilenceAsync(duration, true, cancellationToken));

    public async ValueTask ExpectNoMsgAsync(CancellationToken cancellationToken = default) =>
        await SilenceAsync(null, false, cancellationToken).ConfigureAwait(false);

    public async ValueTask ExpectNoMsgAsync(TimeSpan duration, CancellationToken cancellationToken = default) =>
        await SilenceAsync(duration, false, cancellationToken).ConfigureAwait(false);

    private async ValueTask<bool> SilenceAsync(TimeSpan? time, bool blocking, CancellationToken cancellationToken)
    {
        var start = Waiter.Now;
        var duration = time is { } given ? Limited(given) : _end - start ?? TestKitSettings.ExpectNoMsgDefault;
        if (await Waiter.PassAsync(duration, () => Arrivals.HasMessages, blocking, cancellationToken)
            .ConfigureAwait(false))
        {
            Arrivals.TryPeek(out var envelope);
            throw Failed(
                $"Expected no message within {Report.Of(duration)}, but {Report.Of(envelope.Message)} came after "
                + $"{Report.Of(Waiter.Now - start)}.");
        }

        _endedInSilence = true;
        return true;
    }
}
