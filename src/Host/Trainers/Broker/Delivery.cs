using RabbitMQ.Client;

namespace DklActors.Host.Trainers.Broker;

/// <summary>A message that arrived.</summary>
/// <param name="Channel">Where it is to be acknowledged.</param>
/// <param name="Tag">By which.</param>
/// <param name="IsRedelivered">Whether somebody had it before, who did not acknowledge it.</param>
/// <param name="Body">A copy that may be kept.</param>
/// <param name="Headers">As the broker gave them; nothing of them is signed.</param>
internal sealed record Delivery(
    IChannel Channel, ulong Tag, bool IsRedelivered, byte[] Body, IDictionary<string, object?>? Headers)
{
    /// <summary>It is done with.</summary>
    /// <returns>False where the channel is gone: the broker gives the message out again.</returns>
    public Task<bool> AckAsync() => TryAsync(() => Channel.BasicAckAsync(Tag, multiple: false, CancellationToken.None));

    /// <summary>Somebody else may have it.</summary>
    public Task<bool> GiveBackAsync() =>
        TryAsync(() => Channel.BasicNackAsync(Tag, multiple: false, requeue: true, CancellationToken.None));

    private static async Task<bool> TryAsync(Func<ValueTask> act)
    {
        try
        {
            await act().ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (LinkFaults.Are(exception))
        {
            return false;
        }
    }
}
