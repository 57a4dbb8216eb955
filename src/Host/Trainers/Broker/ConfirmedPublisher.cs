using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace DklActors.Host.Trainers.Broker;

/// <summary>
/// Publishes and waits until the broker has confirmed. One message at a time on a channel, a few channels side by side;
/// a channel that did not confirm in time is thrown away, since its counting of confirms cannot be trusted any more.
/// The channels go with the connection.
/// </summary>
internal sealed class ConfirmedPublisher(IConnection connection, TimeProvider time)
{
    private const int Channels = 8;
    private const int OutstandingConfirms = 64;

    // Places that are free; one of which the channel was thrown away, or that never had one, holds none.
    private readonly Channel<IChannel?> _places = Places();

    /// <exception cref="TimeoutException">Not confirmed in time; it may have arrived all the same.</exception>
    /// <exception cref="UnroutableException">There is no queue for it.</exception>
    public async Task PublishAsync(OutgoingMessage message, TimeSpan patience, CancellationToken cancellationToken)
    {
        IChannel? channel = await _places.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        bool isSound = false;
        try
        {
            channel = channel is { IsOpen: true }
                ? channel
                : await OpenAsync(patience, cancellationToken).ConfigureAwait(false);
            // A token that is cancelled in the midst of it would leave the channel's counting wrong: wait for the task
            // instead, and leave the channel to it.
            Task publishing = channel.BasicPublishAsync(
                message.Exchange, message.Key, mandatory: message.IsDurable, message.Properties(), message.Body,
                CancellationToken.None).AsTask();
            await publishing.WaitAsync(patience, time, cancellationToken).ConfigureAwait(false);
            isSound = true;
        }
        catch (PublishException exception) when (exception.IsReturn)
        {
            throw new UnroutableException($"The broker has no queue {message.Key}.", exception);
        }
        finally
        {
            if (!isSound && channel is not null)
            {
                Abandon(channel);
            }

            _places.Writer.TryWrite(isSound ? channel : null);
        }
    }

    private static Channel<IChannel?> Places()
    {
        var places = Channel.CreateBounded<IChannel?>(Channels);
        for (int i = 0; i < Channels; i++)
        {
            places.Writer.TryWrite(null);
        }

        return places;
    }

    private Task<IChannel> OpenAsync(TimeSpan patience, CancellationToken cancellationToken) =>
        connection.CreateChannelAsync(
            new CreateChannelOptions(
                publisherConfirmationsEnabled: true,
                publisherConfirmationTrackingEnabled: true,
                outstandingPublisherConfirmationsRateLimiter: new ThrottlingRateLimiter(OutstandingConfirms)),
            CancellationToken.None).WaitAsync(patience, time, cancellationToken);

    // Closing waits for the broker's answer, and whoever published has waited long enough.
    private static void Abandon(IChannel channel) => _ = Task.Run(() => ChannelEnd.CloseAsync(channel));
}
