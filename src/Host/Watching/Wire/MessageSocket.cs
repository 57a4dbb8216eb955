using System.Net.Sockets;
using System.Text.Json;

namespace DklActors.Host.Watching.Wire;

/// <summary>One connection between daemon and watchdog. One thread receives; any may send.</summary>
/// <remarks>
/// Blocking calls with short deadlines, and no thread pool: what blanks a beam must not wait behind other work.
/// </remarks>
internal sealed class MessageSocket : IDisposable
{
    private const int LongestLine = 8192;
    private static readonly TimeSpan SendDeadline = TimeSpan.FromSeconds(1);

    private readonly Socket _socket;
    private readonly Lock _sending = new();
    private readonly byte[] _buffer = new byte[LongestLine];
    private int _filled;

    public MessageSocket(Socket socket)
    {
        _socket = socket;
        _socket.SendTimeout = (int)SendDeadline.TotalMilliseconds;
    }

    /// <summary>Connects to a watchdog.</summary>
    /// <exception cref="SocketException">Nobody listens there.</exception>
    public static MessageSocket Connect(string address)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(address));
            return new MessageSocket(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <exception cref="SocketException">The other side is gone, or does not take it within a second.</exception>
    /// <exception cref="ObjectDisposedException">This side has closed.</exception>
    public void Send(WatchdogMessage message)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(message, JsonSerializerOptions.Web), (byte)'\n'];
        lock (_sending)
        {
            for (int sent = 0; sent < line.Length;)
            {
                sent += _socket.Send(line.AsSpan(sent));
            }
        }
    }

    /// <summary>Adds what has come, waiting at most <paramref name="patience"/> for something.</summary>
    /// <returns>False when the other side has closed, or speaks another language.</returns>
    /// <exception cref="SocketException">The connection broke.</exception>
    public bool TryReceive(TimeSpan patience, List<WatchdogMessage> messages)
    {
        if (!_socket.Poll(patience < TimeSpan.Zero ? TimeSpan.Zero : patience, SelectMode.SelectRead))
        {
            return true;
        }

        int received = _socket.Receive(_buffer.AsSpan(_filled));
        if (received == 0)
        {
            return false;
        }

        _filled += received;
        return TryParse(messages) && _filled < LongestLine;
    }

    public void Dispose() => _socket.Dispose();

    private bool TryParse(List<WatchdogMessage> messages)
    {
        int begin = 0;
        try
        {
            for (int length; (length = _buffer.AsSpan(begin, _filled - begin).IndexOf((byte)'\n')) >= 0;)
            {
                WatchdogMessage? message = JsonSerializer.Deserialize<WatchdogMessage>(
                    _buffer.AsSpan(begin, length), JsonSerializerOptions.Web);
                if (message?.Kind is null)
                {
                    return false;
                }

                messages.Add(message);
                begin += length + 1;
            }
        }
        catch (JsonException)
        {
            return false;
        }

        _buffer.AsSpan(begin, _filled - begin).CopyTo(_buffer);
        _filled -= begin;
        return true;
    }
}
