using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace DklActors.Instruments.Remote.Bridge.Speaking;

/// <summary>
/// Requests that block the calling thread until they are answered: heartbeats, blanking and its read-back, which must
/// work while the thread pool does not. Safe to call from any thread; each call has a connection to itself.
/// </summary>
/// <remarks>Only for requests that may be sent twice.</remarks>
internal sealed class BridgeCaller(BridgeOptions options, TimeProvider time) : IDisposable
{
    // As many as call at once: the lease clock, whoever looks at the beam, the heartbeat.
    private const int MostIdle = 4;

    private readonly ConcurrentBag<BridgeLine> _idle = [];
    private IPAddress[]? _addresses;
    private volatile bool _disposed;

    /// <summary>Which start of the bridge has answered last; null before the first answer.</summary>
    public string? Instance { get; private set; }

    /// <exception cref="BridgeException">Refused, lost, or not understood.</exception>
    public JsonElement Call(BridgeRequest request, TimeSpan deadline)
    {
        LineAnswer answer = Answer(request, deadline);
        if (!answer.Headers.ContainsKey(BridgeRequest.VersionHeader))
        {
            throw BridgeException.NoBridge(options.Address);
        }

        Instance = answer.Headers.GetValueOrDefault(BridgeRequest.InstanceHeader, Instance ?? "");
        return answer.Status < 300
            ? BridgeJson.Parse(options.Address, answer.Body)
            : throw BridgeJson.RefusalOf(options.Address, answer.Status, answer.Body);
    }

    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryTake(out BridgeLine? line))
        {
            line.Dispose();
        }
    }

    private LineAnswer Answer(BridgeRequest request, TimeSpan deadline)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        long started = time.GetTimestamp();
        try
        {
            while (_idle.TryTake(out BridgeLine? kept))
            {
                try
                {
                    return Send(kept, request, deadline - time.GetElapsedTime(started));
                }
                catch (StaleLineException)
                {
                    // It was closed while it was idle; the others may have been too.
                }
                catch (IOException exception) when (exception.InnerException
                    is SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.Shutdown })
                {
                    // As above: the other end is gone, and what was sent may be sent again.
                }
            }

            TimeSpan left = deadline - time.GetElapsedTime(started);
            _addresses ??= Dns.GetHostAddresses(options.Address.DnsSafeHost);
            var line = BridgeLine.Connect(options, _addresses, left, time);
            return Send(line, request, deadline - time.GetElapsedTime(started));
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            throw BridgeException.Lost(options.Address, exception.Message, exception);
        }
        catch (FormatException exception)
        {
            throw BridgeException.Wrong(options.Address, exception.Message, exception);
        }
    }

    private LineAnswer Send(BridgeLine line, BridgeRequest request, TimeSpan left)
    {
        try
        {
            return line.Send(HeadOf(request), request.Body ?? [], left);
        }
        finally
        {
            if (line.IsOpen && !_disposed && _idle.Count < MostIdle)
            {
                _idle.Add(line);
            }
            else
            {
                line.Dispose();
            }
        }
    }

    private byte[] HeadOf(BridgeRequest request)
    {
        var head = new StringBuilder()
            .Append(request.Method).Append(' ').Append(request.Path).Append(" HTTP/1.1\r\n")
            .Append("Host: ").Append(options.Address.Authority).Append("\r\n")
            .Append("Authorization: Bearer ").Append(options.Token).Append("\r\n");
        if (request.Session is { } session)
        {
            head.Append(BridgeRequest.SessionHeader).Append(": ").Append(session).Append("\r\n");
        }

        if (request.Body is { } body)
        {
            head.Append("Content-Type: application/json\r\nContent-Length: ").Append(body.Length).Append("\r\n");
        }

        return Encoding.Latin1.GetBytes(head.Append("\r\n").ToString());
    }
}
