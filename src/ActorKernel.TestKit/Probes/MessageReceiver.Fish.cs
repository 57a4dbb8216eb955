using DklActors.ActorKernel.TestKit.Assertions;
using DklActors.ActorKernel.TestKit.Waiting;

namespace DklActors.ActorKernel.TestKit.Probes;

public abstract partial class MessageReceiver
{
    /// <summary>Takes messages until one satisfies the predicate, which is the result; the others are lost.</summary>
    public object FishForMessage(
        Predicate<object> isMessage, TimeSpan? max = null, string hint = "",
        CancellationToken cancellationToken = default) =>
        FishForMessage<object>(isMessage, max, hint, cancellationToken);

    /// <summary>The same for a message of this type.</summary>
    public T FishForMessage<T>(
        Predicate<T> isMessage, TimeSpan? max = null, string hint = "",
        CancellationToken cancellationToken = default) =>
        Blocking.Completed(FishAsync(isMessage, max, hint, true, cancellationToken));

    public ValueTask<object> FishForMessageAsync(
        Predicate<object> isMessage, TimeSpan? max = null, string hint = "",
        CancellationToken cancellationToken = default) =>
        FishAsync(isMessage, max, hint, false, cancellationToken);

    public ValueTask<T> FishForMessageAsync<T>(
        Predicate<T> isMessage, TimeSpan? max = null, string hint = "",
        CancellationToken cancellationToken = default) =>
        FishAsync(isMessage, max, hint, false, cancellationToken);

    private async ValueTask<T> FishAsync<T>(
        Predicate<T> isMessage, TimeSpan? max, string hint, bool blocking, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(isMessage);
        var limit = RemainingOr(max);
        var end = Waiter.Now + limit;
        for (var others = 0; ; others++)
        {
            var next = await NextAsync(end - Waiter.Now, blocking, cancellationToken).ConfigureAwait(false)
                ?? throw Failed(
                    $"Fished for a message of type {Report.Name(typeof(T))} within {Report.Of(limit)}, but none of the "
                    + $"{others} that came satisfies the predicate{(hint.Length == 0 ? "." : $": {hint}.")}");
            if (next.Message is T typed && isMessage(typed))
            {
                return typed;
            }
        }
    }
}
