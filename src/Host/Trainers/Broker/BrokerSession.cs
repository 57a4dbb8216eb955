using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace DklActors.Host.Trainers.Broker;

/// <summary>
/// One life of the link: two connections, since a broker that holds back a publisher holds back its whole connection,
/// and a node that cannot publish must still hear. It ends with the first of them, and with any channel that consumes.
/// </summary>
internal sealed class BrokerSession : IAsyncDisposable
{
    private static readonly TimeSpan Opening = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Closing = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Asking = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _time;
    private readonly IConnection _consuming;
    private readonly IConnection _publishing;
    private readonly ConfirmedPublisher _publisher;
    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private BrokerSession(IConnection consuming, IConnection publishing, TimeProvider time)
    {
        _consuming = consuming;
        _publishing = publishing;
        _time = time;
        _publisher = new ConfirmedPublisher(publishing, time);
        foreach (IConnection connection in new[] { consuming, publishing })
        {
            connection.ConnectionShutdownAsync += (_, shutdown) => EndAsync(shutdown);
        }

        publishing.ConnectionBlockedAsync += (_, blocked) =>
        {
            Blocked = blocked.Reason;
            return Task.CompletedTask;
        };
        publishing.ConnectionUnblockedAsync += (_, _) =>
        {
            Blocked = null;
            return Task.CompletedTask;
        };
    }

    /// <summary>Completes with the reason when the link is gone.</summary>
    public Task<string> Ended => _ended.Task;

    /// <summary>Whether the broker is there.</summary>
    public bool IsAlive => !_ended.Task.IsCompleted;

    /// <summary>Why the broker takes no messages, such as a full disk; null when it takes them.</summary>
    public string? Blocked { get; private set; }

    /// <summary>
    /// When each of the queues that expire was last declared in this session, by the clock's timestamp.
    /// </summary>
    public ConcurrentDictionary<string, long> Declared { get; } = new(StringComparer.Ordinal);

    /// <exception cref="Exception">No broker, no answer, or it does not let one in.</exception>
    public static async Task<BrokerSession> OpenAsync(
        BrokerAddress address, string name, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Opening, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        IConnection consuming = await address.CreateFactory($"{name} (consumes)").CreateConnectionAsync(either.Token)
            .ConfigureAwait(false);
        try
        {
            IConnection publishing = await address.CreateFactory($"{name} (publishes)")
                .CreateConnectionAsync(either.Token).ConfigureAwait(false);
            return new BrokerSession(consuming, publishing, time);
        }
        catch
        {
            await CloseAsync(consuming).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Ends it; the link then makes another.</summary>
    public void End(string reason) => _ended.TrySetResult(reason);

    /// <inheritdoc cref="ConfirmedPublisher.PublishAsync"/>
    public Task PublishAsync(OutgoingMessage message, TimeSpan patience, CancellationToken cancellationToken) =>
        _publisher.PublishAsync(message, patience, cancellationToken);

    /// <summary>
    /// A channel of its own; what goes wrong on it, and a queue that is not there, ends that one alone.
    /// </summary>
    public Task<IChannel> OpenChannelAsync(CancellationToken cancellationToken) =>
        _consuming.CreateChannelAsync(cancellationToken: CancellationToken.None)
            .WaitAsync(Asking, _time, cancellationToken);

    /// <summary>Does something on a channel that is closed afterwards.</summary>
    public async Task WithChannelAsync(Func<IChannel, Task> act, CancellationToken cancellationToken)
    {
        IChannel channel = await OpenChannelAsync(cancellationToken).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable closing = channel.ConfigureAwait(false);
        await act(channel).WaitAsync(Asking, _time, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Hands over what arrives in a queue, one after the other; the body is the receiver's own.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="atOnce">Most messages that are not acknowledged yet; 0 where none has to be.</param>
    /// <param name="receive">Must be quick: the next one waits for it.</param>
    /// <param name="cancellationToken">Of the asking.</param>
    public async Task<Subscription> ConsumeAsync(
        string queue, ushort atOnce, Func<Delivery, Task> receive, CancellationToken cancellationToken)
    {
        IChannel channel = await OpenChannelAsync(cancellationToken).ConfigureAwait(false);
        channel.ChannelShutdownAsync += (_, shutdown) => EndAsync(shutdown);
        if (atOnce > 0)
        {
            await channel.BasicQosAsync(0, atOnce, global: false, cancellationToken).ConfigureAwait(false);
        }

        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, arrived) => receive(new Delivery(
            channel, arrived.DeliveryTag, arrived.Redelivered, arrived.Body.ToArray(),
            arrived.BasicProperties.Headers));
        var subscription = new Subscription(channel);
        // A queue that was deleted takes its consumers along, and says so by this alone.
        consumer.UnregisteredAsync += (_, _) =>
        {
            if (!subscription.IsStopped && channel.IsOpen)
            {
                End($"the queue {queue} was deleted");
            }

            return Task.CompletedTask;
        };
        subscription.Tag = await channel.BasicConsumeAsync(
            queue, autoAck: atOnce == 0, consumerTag: "", noLocal: false, exclusive: false, arguments: null, consumer,
            cancellationToken).ConfigureAwait(false);
        return subscription;
    }

    public async ValueTask DisposeAsync()
    {
        End("it is closed");
        await CloseAsync(_publishing).ConfigureAwait(false);
        await CloseAsync(_consuming).ConfigureAwait(false);
    }

    private Task EndAsync(ShutdownEventArgs shutdown)
    {
        End(shutdown.ReplyText.Length > 0 ? shutdown.ReplyText : "the connection was closed");
        return Task.CompletedTask;
    }

    private static async Task CloseAsync(IConnection connection)
    {
        try
        {
            await connection.AbortAsync(Closing).ConfigureAwait(false);
            await connection.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (LinkFaults.Are(exception))
        {
            // It is gone already.
        }
    }
}
