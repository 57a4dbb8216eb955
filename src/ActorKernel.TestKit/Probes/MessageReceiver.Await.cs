using DklActors.ActorKernel.TestKit.Assertions;
using DklActors.ActorKernel.TestKit.Waiting;

namespace DklActors.ActorKernel.TestKit.Probes;

public abstract partial class MessageReceiver
{
    /// <summary>Waits until the condition holds. It is looked at again and again, so it must have no effect.</summary>
    public void AwaitCondition(
        Func<bool> conditionIsFulfilled, TimeSpan? max = null, string? message = null,
        CancellationToken cancellationToken = default) =>
        Blocking.Completed(ConditionAsync(conditionIsFulfilled, max, message, true, cancellationToken));

    public async Task AwaitConditionAsync(
        Func<bool> conditionIsFulfilled, TimeSpan? max = null, string? message = null,
        CancellationToken cancellationToken = default) =>
        await ConditionAsync(conditionIsFulfilled, max, message, false, cancellationToken).ConfigureAwait(false);

    /// <summary>Waits until the assertion no longer throws; at the end of the time, the last exception is the cause.
    /// </summary>
    public void AwaitAssert(
        Action assertion, TimeSpan? duration = null, CancellationToken cancellationToken = default) =>
        Blocking.Completed(AssertAsync(assertion, duration, true, cancellationToken));

    public async Task AwaitAssertAsync(
        Action assertion, TimeSpan? duration = null, CancellationToken cancellationToken = default) =>
        await AssertAsync(assertion, duration, false, cancellationToken).ConfigureAwait(false);

    /// <summary>
    /// What the task comes to. Under the deterministic scheduler this is how a test waits for a task, such as that of
    /// an Ask: a mere await would wait for steps that nobody takes.
    /// </summary>
    public T ResultOf<T>(Task<T> task, TimeSpan? max = null)
    {
        ArgumentNullException.ThrowIfNull(task);
        AwaitCondition(() => task.IsCompleted, max, "the task has ended");
        return Blocking.Completed(new ValueTask<T>(task));
    }

    private async ValueTask<bool> ConditionAsync(
        Func<bool> condition, TimeSpan? max, string? message, bool blocking, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var limit = RemainingOr(max);
        return await Waiter.UntilAsync(condition, limit, blocking, cancellationToken).ConfigureAwait(false)
            ? true
            : throw Failed($"Expected that {message ?? "the condition holds"} within {Report.Of(limit)}, but it "
                + "never did.");
    }

    private async ValueTask<bool> AssertAsync(
        Action assertion, TimeSpan? max, bool blocking, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(assertion);
        var limit = RemainingOr(max);
        Exception? last = null;
        return await Waiter.UntilAsync(Holds, limit, blocking, cancellationToken).ConfigureAwait(false)
            ? true
            : throw Failed($"An assertion still fails after {Report.Of(limit)}: {last?.Message}", last);

        bool Holds()
        {
            try
            {
                assertion();
                return true;
            }
            catch (Exception exception)
            {
                last = exception;
                return false;
            }
        }
    }
}
