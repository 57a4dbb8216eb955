using DklActors.ActorKernel.TestKit.Assertions;
using DklActors.ActorKernel.TestKit.Waiting;

namespace DklActors.ActorKernel.TestKit.Probes;

public abstract partial class MessageReceiver
{
    /// <summary>The next message, which must be of this type.</summary>
    public T ExpectMsg<T>(
        TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Blocking.Completed(ExpectAsync(Expected.OfType<T>(), duration, hint, true, cancellationToken));

    public ValueTask<T> ExpectMsgAsync<T>(
        TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync(Expected.OfType<T>(), duration, hint, false, cancellationToken);

    /// <summary>The next message, which must equal this one.</summary>
    public T ExpectMsg<T>(
        T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Blocking.Completed(ExpectAsync(Expected.EqualTo(message), timeout, hint, true, cancellationToken));

    public ValueTask<T> ExpectMsgAsync<T>(
        T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync(Expected.EqualTo(message), timeout, hint, false, cancellationToken);

    /// <summary>The next message, which must be of this type and satisfy the predicate.</summary>
    public T ExpectMsg<T>(
        Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Blocking.Completed(ExpectAsync(Expected.Satisfying(isMessage), timeout, hint, true, cancellationToken));

    public ValueTask<T> ExpectMsgAsync<T>(
        Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectAsync(Expected.Satisfying(isMessage), timeout, hint, false, cancellationToken);

    /// <summary>The next message, which must be of this type and for which the assertion must not throw.</summary>
    public T ExpectMsg<T>(
        Action<T> assert, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(assert);
        var message = ExpectMsg<T>(timeout, hint, cancellationToken);
        assert(message);
        return message;
    }

    public async ValueTask<T> ExpectMsgAsync<T>(
        Action<T> assert, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(assert);
        var message = await ExpectMsgAsync<T>(timeout, hint, cancellationToken).ConfigureAwait(false);
        assert(message);
        return message;
    }

    /// <summary>The next message, which must be the end of this actor.</summary>
    public Terminated ExpectTerminated(
        IActorRef target, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Blocking.Completed(ExpectAsync(Expected.EndOf(target), timeout, hint, true, cancellationToken));

    public ValueTask<Terminated> ExpectTerminatedAsync(
        IActorRef target, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectAsync(Expected.EndOf(target), timeout, hint, false, cancellationToken);

    private async ValueTask<T> ExpectAsync<T>(
        Expected<T> expected, TimeSpan? max, string? hint, bool blocking, CancellationToken cancellationToken)
    {
        var limit = RemainingOr(max);
        var came = await NextAsync(limit, blocking, cancellationToken).ConfigureAwait(false);
        return came is { } envelope && expected.Accepts(envelope.Message)
            ? (T)envelope.Message
            : throw Failed(
                $"Expected {expected.Description} within {Report.Of(limit)}, but "
                + (came is { } other ? $"{Report.Of(other.Message)} came" : "no message came")
                + (hint is null ? "." : $": {hint}."));
    }
}
