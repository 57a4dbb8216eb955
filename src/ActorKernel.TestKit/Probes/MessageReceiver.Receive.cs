using DklActors.ActorKernel.TestKit.Assertions;
using DklActors.ActorKernel.TestKit.Waiting;

namespace DklActors.ActorKernel.TestKit.Probes;

public abstract partial class MessageReceiver
{
    /// <summary>The next message, or null if none comes in time.</summary>
    /// <param name="max">Zero takes what is there and does not wait.</param>
    public object? ReceiveOne(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        Blocking.Completed(NextAsync(max, true, cancellationToken))?.Message;

    public async ValueTask<object?> ReceiveOneAsync(
        TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        (await NextAsync(max, false, cancellationToken).ConfigureAwait(false))?.Message;

    /// <summary>The next message, left where it is, or null if none comes in time.</summary>
    public object? PeekOne(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        Blocking.Completed(PeekAsync(max, true, cancellationToken));

    public ValueTask<object?> PeekOneAsync(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        PeekAsync(max, false, cancellationToken);

    /// <summary>So many messages, all within the time.</summary>
    public IReadOnlyList<object> ReceiveN(
        int numberOfMessages, TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        Blocking.Completed(ManyAsync(numberOfMessages, max, true, cancellationToken));

    public ValueTask<IReadOnlyList<object>> ReceiveNAsync(
        int numberOfMessages, TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        ManyAsync(numberOfMessages, max, false, cancellationToken);

    /// <summary>
    /// What the filter makes of the messages, up to the first of which it makes null, which stays; to the end of the
    /// time; to a gap of <paramref name="idle"/> without a message; or to so many of them.
    /// </summary>
    public IReadOnlyList<T> ReceiveWhile<T>(
        Func<object, T?> filter, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue,
        CancellationToken cancellationToken = default)
        where T : class => Blocking.Completed(WhileAsync(filter, max, idle, msgs, true, cancellationToken));

    public ValueTask<IReadOnlyList<T>> ReceiveWhileAsync<T>(
        Func<object, T?> filter, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue,
        CancellationToken cancellationToken = default)
        where T : class => WhileAsync(filter, max, idle, msgs, false, cancellationToken);

    private protected async ValueTask<MessageEnvelope?> NextAsync(
        TimeSpan? max, bool blocking, CancellationToken cancellationToken)
    {
        await Waiter.UntilAsync(() => Arrivals.HasMessages, RemainingOr(max), blocking, cancellationToken)
            .ConfigureAwait(false);
        if (!Arrivals.TryTake(out var envelope))
        {
            return null;
        }

        _endedInSilence = false;
        _last = envelope;
        return envelope;
    }

    private async ValueTask<object?> PeekAsync(TimeSpan? max, bool blocking, CancellationToken cancellationToken)
    {
        await Waiter.UntilAsync(() => Arrivals.HasMessages, RemainingOr(max), blocking, cancellationToken)
            .ConfigureAwait(false);
        return Arrivals.TryPeek(out var envelope) ? envelope.Message : null;
    }

    private async ValueTask<IReadOnlyList<object>> ManyAsync(
        int count, TimeSpan? max, bool blocking, CancellationToken cancellationToken)
    {
        var limit = RemainingOr(max);
        var end = Waiter.Now + limit;
        var messages = new List<object>();
        while (messages.Count < count)
        {
            var next = await NextAsync(end - Waiter.Now, blocking, cancellationToken).ConfigureAwait(false);
            messages.Add(next?.Message ?? throw Failed(
                $"Expected {count} messages within {Report.Of(limit)}, but only {messages.Count} came."));
        }

        return messages;
    }

    private async ValueTask<IReadOnlyList<T>> WhileAsync<T>(
        Func<object, T?> filter, TimeSpan? max, TimeSpan? idle, int count, bool blocking,
        CancellationToken cancellationToken)
        where T : class
    {
        var end = Waiter.Now + RemainingOr(max);
        var taken = new List<T>();
        while (taken.Count < count)
        {
            var left = end - Waiter.Now;
            var message = await PeekAsync(idle < left ? idle : left, blocking, cancellationToken)
                .ConfigureAwait(false);
            if (message is null || filter(message) is not { } made)
            {
                break;
            }

            await NextAsync(TimeSpan.Zero, blocking, cancellationToken).ConfigureAwait(false);
            taken.Add(made);
        }

        return taken;
    }
}
