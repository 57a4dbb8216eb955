using System.Net.Sockets;
using System.Security.Authentication;
using RabbitMQ.Client.Exceptions;

namespace DklActors.Host.Trainers.Broker;

/// <summary>What the client throws when the broker, or the way to it, is gone.</summary>
internal static class LinkFaults
{
    public static bool Are(Exception exception) => exception is RabbitMQClientException or IOException
        or SocketException or TimeoutException or AuthenticationException or ObjectDisposedException
        or OperationCanceledException or InvalidOperationException or BrokerException;

    /// <summary>In words, without the wrappings.</summary>
    public static string ReasonOf(Exception exception)
    {
        // Why it was refused is said by the innermost.
        Exception inner = exception;
        while (inner.InnerException is { } next)
        {
            inner = next;
        }

        return inner is OperationCanceledException ? "it did not answer in time" : inner.Message.TrimEnd('.');
    }
}
