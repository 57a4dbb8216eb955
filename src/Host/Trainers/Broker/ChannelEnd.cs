using RabbitMQ.Client;

namespace DklActors.Host.Trainers.Broker;

/// <summary>Closes channels: what was not acknowledged on one is given out again.</summary>
internal static class ChannelEnd
{
    /// <summary>Closes it, if it is not gone already; does not throw.</summary>
    public static async Task CloseAsync(IChannel channel)
    {
        try
        {
            await channel.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (LinkFaults.Are(exception))
        {
            // Gone with its connection.
        }
    }
}
