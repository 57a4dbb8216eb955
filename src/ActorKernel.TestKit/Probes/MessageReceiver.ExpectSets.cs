using DklActors.ActorKernel.TestKit.Assertions;
using DklActors.ActorKernel.TestKit.Waiting;

namespace DklActors.ActorKernel.TestKit.Probes;

public abstract partial class MessageReceiver
{
    /// <summary>The next message, which must equal one of these.</summary>
    public T ExpectMsgAnyOf<T>(params T[] messages) =>
        Blocking.Completed(AnyOfAsync(messages, true, CancellationToken.None));

    public ValueTask<T> ExpectMsgAnyOfAsync<T>(
        IEnumerable<T> messages, CancellationToken cancellationToken = default) =>
        AnyOfAsync([.. messages], false, cancellationToken);

    /// <summary>As many messages as these, which must equal them in some order, all within the default time.</summary>
    /// <returns>The messages in the order of arrival.</returns>
    public IReadOnlyList<T> ExpectMsgAllOf<T>(params T[] messages) =>
        Blocking.Completed(AllOfAsync(messages, null, true, CancellationToken.None));

    public IReadOnlyList<T> ExpectMsgAllOf<T>(
        TimeSpan max, IEnumerable<T> messages, CancellationToken cancellationToken = default) =>
        Blocking.Completed(AllOfAsync([.. messages], max, true, cancellationToken));

    public ValueTask<IReadOnlyList<T>> ExpectMsgAllOfAsync<T>(
        IEnumerable<T> messages, TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        AllOfAsync([.. messages], max, false, cancellationToken);

    private ValueTask<T> AnyOfAsync<T>(T[] messages, bool blocking, CancellationToken cancellationToken) =>
        ExpectAsync(
            new Expected<T>(
                $"one of {Report.Of(messages)}",
                message => message is T && messages.Any(other => Equals(message, other))),
            null, null, blocking, cancellationToken);

    private async ValueTask<IReadOnlyList<T>> AllOfAsync<T>(
        T[] messages, TimeSpan? max, bool blocking, CancellationToken cancellationToken)
    {
        var limit = RemainingOr(max);
        var end = Waiter.Now + limit;
        var missing = messages.ToList();
        var came = new List<T>();
        while (missing.Count > 0)
        {
            var next = await NextAsync(end - Waiter.Now, blocking, cancellationToken).ConfigureAwait(false);
            if (next is not { } envelope || envelope.Message is not T typed || !missing.Remove(typed))
            {
                throw Failed(
                    $"Expected all of {Report.Of(messages)} within {Report.Of(limit)}, but "
                    + (next is { } other ? $"{Report.Of(other.Message)} came" : "no further message came")
                    + $" while {Report.Of(missing)} {(missing.Count == 1 ? "was" : "were")} missing.");
            }

            came.Add(typed);
        }

        return came;
    }
}
