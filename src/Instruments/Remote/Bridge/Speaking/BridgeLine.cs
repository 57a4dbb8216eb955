using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace DklActors.Instruments.Remote.Bridge.Speaking;

/// <summary>
/// One connection to a bridge on which everything is done by the calling thread: it neither needs the thread pool nor
/// waits for a timer of it. HTTP/1.1 with answers of a known length, which is all that a bridge sends.
/// </summary>
internal sealed class BridgeLine : IDisposable
{
    private const int MostHeaderBytes = 32 * 1024;
    private const int MostBodyBytes = 1 << 20;

    private readonly TimeProvider _time;
    private readonly Socket _socket;
    private readonly Stream _stream;
    private readonly byte[] _buffer = new byte[MostHeaderBytes];

    private BridgeLine(Socket socket, Stream stream, TimeProvider time)
    {
        _socket = socket;
        _stream = stream;
        _time = time;
    }

    /// <summary>Whether it may be used again.</summary>
    public bool IsOpen { get; private set; } = true;

    /// <exception cref="IOException">It cannot be made in time.</exception>
    public static BridgeLine Connect(
        BridgeOptions options, IPAddress[] addresses, TimeSpan deadline, TimeProvider time)
    {
        long started = time.GetTimestamp();
        Socket socket = BlockingSockets.Connect(addresses, options.Address.Port, deadline, time);
        try
        {
            SetTimeouts(socket, deadline - time.GetElapsedTime(started));
            var network = new NetworkStream(socket, ownsSocket: true);
            if (options.Address.Scheme != Uri.UriSchemeHttps)
            {
                return new BridgeLine(socket, network, time);
            }

            var secure = new SslStream(network);
            secure.AuthenticateAsClient(new SslClientAuthenticationOptions
            {
                TargetHost = options.Address.IdnHost,
                RemoteCertificateValidationCallback = options.Trusts,
            });
            return new BridgeLine(socket, secure, time);
        }
        catch (Exception exception) when (exception is SocketException or AuthenticationException)
        {
            socket.Dispose();
            throw new IOException(exception.Message, exception);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends a request and waits for its answer.</summary>
    /// <param name="head">Request line and headers, with the empty line.</param>
    /// <param name="body">Its body.</param>
    /// <param name="deadline">Longest time for all of it.</param>
    /// <exception cref="IOException">It broke, or took too long.</exception>
    /// <exception cref="FormatException">The answer is no HTTP that a bridge sends.</exception>
    public LineAnswer Send(byte[] head, byte[] body, TimeSpan deadline)
    {
        long started = _time.GetTimestamp();
        // Open again only once the whole answer was read.
        IsOpen = false;
        try
        {
            SetTimeouts(_socket, deadline);
            _stream.Write([.. head, .. body]);
            return Receive(started, deadline);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            throw new IOException(exception.Message, exception);
        }
    }

    public void Dispose()
    {
        IsOpen = false;
        _stream.Dispose();
    }

    private static void SetTimeouts(Socket socket, TimeSpan left)
    {
        // Zero would be for ever.
        int milliseconds = (int)Math.Clamp(left.TotalMilliseconds, 1, int.MaxValue);
        socket.SendTimeout = milliseconds;
        socket.ReceiveTimeout = milliseconds;
    }

    private LineAnswer Receive(long started, TimeSpan deadline)
    {
        int count = 0;
        int end;
        while ((end = _buffer.AsSpan(0, count).IndexOf("\r\n\r\n"u8)) < 0)
        {
            if (count == _buffer.Length)
            {
                throw new FormatException("its headers are too long");
            }

            count += ReadSome(_buffer.AsSpan(count), started, deadline, isFirst: count == 0);
        }

        string[] lines = Encoding.Latin1.GetString(_buffer, 0, end).Split("\r\n");
        string[] status = lines[0].Split(' ');
        if (status.Length < 2 || !status[0].StartsWith("HTTP/1.", StringComparison.Ordinal)
            || !int.TryParse(status[1], CultureInfo.InvariantCulture, out int code))
        {
            throw new FormatException("it is no HTTP");
        }

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string line in lines.Skip(1))
        {
            int colon = line.IndexOf(':');
            if (colon > 0)
            {
                headers[line[..colon].Trim()] = line[(colon + 1)..].Trim();
            }
        }

        if (!headers.TryGetValue("Content-Length", out string? text)
            || !int.TryParse(text, CultureInfo.InvariantCulture, out int length) || length is < 0 or > MostBodyBytes)
        {
            throw new FormatException("it has no length, or one beyond all measure");
        }

        byte[] body = new byte[length];
        int there = Math.Min(count - end - 4, length);
        _buffer.AsSpan(end + 4, there).CopyTo(body);
        while (there < length)
        {
            there += ReadSome(body.AsSpan(there), started, deadline, isFirst: false);
        }

        IsOpen = !headers.GetValueOrDefault("Connection", "").Equals("close", StringComparison.OrdinalIgnoreCase);
        return new LineAnswer(code, headers, body);
    }

    private int ReadSome(Span<byte> into, long started, TimeSpan deadline, bool isFirst)
    {
        TimeSpan left = deadline - _time.GetElapsedTime(started);
        if (left <= TimeSpan.Zero)
        {
            throw new IOException($"nothing came within {deadline.TotalSeconds:G3} s");
        }

        _socket.ReceiveTimeout = (int)Math.Max(1, Math.Min(left.TotalMilliseconds, int.MaxValue));
        int count = _stream.Read(into);
        return count > 0 ? count
            : isFirst ? throw new StaleLineException()
            : throw new IOException("the connection ended within an answer");
    }
}
