using RabbitMQ.Client;

namespace DklActors.Host.Trainers.Broker;

/// <summary>Consuming from a queue, until the session ends or it is stopped.</summary>
internal sealed class Subscription(IChannel channel)
{
    /// <summary>What the broker calls it.</summary>
    public string Tag { get; set; } = "";

    public bool IsStopped { get; private set; }

    /// <summary>Takes no more; what was taken may still be acknowledged.</summary>
    public async Task StopAsync()
    {
        IsStopped = true;
        try
        {
            await channel.BasicCancelAsync(Tag).ConfigureAwait(false);
        }
        catch (Exception exception) when (LinkFaults.Are(exception))
        {
            // Nothing comes any more.
        }
    }
}
