using DklActors.ActorKernel.TestKit.Assertions;
using DklActors.ActorKernel.TestKit.Kits;
using DklActors.ActorKernel.TestKit.Waiting;

namespace DklActors.ActorKernel.TestKit.Filters;

/// <summary>Expects events while an action runs, or keeps them out of the log.</summary>
public sealed class EventFilterApplier
{
    private readonly EventTap _tap;
    private readonly Waiter _waiter;
    private readonly TestKitSettings _settings;
    private readonly EventPattern _pattern;

    internal EventFilterApplier(EventTap tap, Waiter waiter, TestKitSettings settings, EventPattern pattern)
    {
        _tap = tap;
        _waiter = waiter;
        _settings = settings;
        _pattern = pattern;
    }

    /// <summary>This filter or another one.</summary>
    public EventFilterFactory And => new(_tap, _waiter, _settings, _pattern);

    /// <summary>Runs the action and waits for exactly one event.</summary>
    public void ExpectOne(Action action) => Expect(1, action);

    public void ExpectOne(TimeSpan timeout, Action action) => Expect(1, timeout, action);

    /// <summary>Runs the action and waits for exactly so many events; with 0, for none in a short while.</summary>
    public void Expect(int expectedCount, Action action) => Expect(expectedCount, null, action);

    public void Expect(int expectedCount, TimeSpan timeout, Action action) =>
        Expect(expectedCount, (TimeSpan?)timeout, action);

    public Task ExpectOneAsync(Func<Task> actionAsync) => ExpectAsync(1, actionAsync);

    public Task ExpectAsync(int expectedCount, Func<Task> actionAsync, TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(actionAsync);
        return CountAsync(expectedCount, timeout, async () => await actionAsync().ConfigureAwait(false), false)
            .AsTask();
    }

    /// <summary>Keeps the events out of the log until the result is disposed of.</summary>
    public IDisposable Mute()
    {
        _tap.Mute(_pattern);
        return new Unmuter(_tap, _pattern);
    }

    /// <summary>Keeps the events out of the log while the action runs.</summary>
    public void Mute(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        using (Mute())
        {
            action();
        }
    }

    private void Expect(int expectedCount, TimeSpan? timeout, Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        Blocking.Completed(CountAsync(
            expectedCount,
            timeout,
            () =>
            {
                action();
                return ValueTask.CompletedTask;
            },
            blocking: true));
    }

    private async ValueTask<bool> CountAsync(int expected, TimeSpan? timeout, Func<ValueTask> action, bool blocking)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(expected);
        var limit = timeout ?? (expected == 0 ? _settings.ExpectNoMsgDefault : _settings.DefaultTimeout);
        var count = _tap.Begin(_pattern);
        try
        {
            await action().ConfigureAwait(false);
            var came = await _waiter.UntilAsync(
                () => count.Matching >= expected, limit, blocking, CancellationToken.None).ConfigureAwait(false);

            // One too many would come now, or in the time in which none may come.
            if (!came || await _waiter.PassAsync(
                expected == 0 ? limit : TimeSpan.Zero,
                () => count.Matching > expected,
                blocking,
                CancellationToken.None).ConfigureAwait(false))
            {
                throw new ExpectationFailedException(
                    $"Expected {expected} of: {_pattern.Description}, within {Report.Of(limit)}, but {count.Matching} "
                    + $"came.{Environment.NewLine}Other events meanwhile:{Environment.NewLine}"
                    + string.Join(Environment.NewLine, count.Others.DefaultIfEmpty("  none")));
            }
        }
        finally
        {
            _tap.End(count);
        }

        return true;
    }

    private sealed class Unmuter(EventTap tap, EventPattern pattern) : IDisposable
    {
        public void Dispose() => tap.Unmute(pattern);
    }
}
