using DklActors.ActorKernel.TestKit.Assertions;
using DklActors.ActorKernel.TestKit.Waiting;

namespace DklActors.ActorKernel.TestKit.Probes;

public abstract partial class MessageReceiver
{
    // When the enclosing Within ends, on the waiter's clock; null outside.
    private TimeSpan? _end;

    /// <summary>The rest of the enclosing Within.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public TimeSpan Remaining => _end - Waiter.Now
        ?? throw new InvalidOperationException("Remaining has a meaning only inside of Within.");

    /// <summary>The rest of the enclosing Within, or the settings' default.</summary>
    public TimeSpan RemainingOrDefault => RemainingOr(null);

    /// <summary>The block must end within the time, and so must each wait of this receiver inside.</summary>
    public void Within(TimeSpan max, Action action) => Within(TimeSpan.Zero, max, action);

    /// <summary>The block must take at least and at most so long.</summary>
    public void Within(TimeSpan min, TimeSpan max, Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        Within(min, max, () =>
        {
            action();
            return true;
        });
    }

    public T Within<T>(TimeSpan max, Func<T> function) => Within(TimeSpan.Zero, max, function);

    public T Within<T>(TimeSpan min, TimeSpan max, Func<T> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Blocking.Completed(BoundedAsync(min, max, () => ValueTask.FromResult(function())));
    }

    public Task WithinAsync(TimeSpan max, Func<Task> actionAsync) => WithinAsync(TimeSpan.Zero, max, actionAsync);

    public Task WithinAsync(TimeSpan min, TimeSpan max, Func<Task> actionAsync)
    {
        ArgumentNullException.ThrowIfNull(actionAsync);
        return BoundedAsync(min, max, async () =>
        {
            await actionAsync().ConfigureAwait(false);
            return true;
        }).AsTask();
    }

    public Task<T> WithinAsync<T>(TimeSpan max, Func<Task<T>> function) =>
        WithinAsync(TimeSpan.Zero, max, function);

    public Task<T> WithinAsync<T>(TimeSpan min, TimeSpan max, Func<Task<T>> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return BoundedAsync(min, max, async () => await function().ConfigureAwait(false)).AsTask();
    }

    /// <summary>The time given, or else the default, cut off at the end of the enclosing Within.</summary>
    private protected TimeSpan RemainingOr(TimeSpan? time) =>
        time is { } given ? Limited(given) : _end - Waiter.Now ?? TestKitSettings.DefaultTimeout;

    private TimeSpan Limited(TimeSpan time) => _end - Waiter.Now is { } left && left < time ? left : time;

    private async ValueTask<T> BoundedAsync<T>(TimeSpan min, TimeSpan max, Func<ValueTask<T>> block)
    {
        var enclosing = _end;
        var start = Waiter.Now;
        var limit = Limited(max);
        if (limit < min)
        {
            throw Failed($"A block must take at least {Report.Of(min)}, but only {Report.Of(limit)} are left.");
        }

        _endedInSilence = false;
        _end = start + limit;
        T result;
        try
        {
            result = await block().ConfigureAwait(false);
        }
        finally
        {
            _end = enclosing;
        }

        var took = Waiter.Now - start;
        if (took < min)
        {
            throw Failed($"The block took {Report.Of(took)}, but should have taken at least {Report.Of(min)}.");
        }

        if (took > limit && !_endedInSilence)
        {
            throw Failed($"The block took {Report.Of(took)}, but should have ended within {Report.Of(limit)}.");
        }

        return result;
    }
}
