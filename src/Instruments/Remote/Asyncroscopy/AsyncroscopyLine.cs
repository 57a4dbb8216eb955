using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using DklActors.Instruments.Ports;

namespace DklActors.Instruments.Remote.Asyncroscopy;

/// <summary>
/// Sends one command of asyncroscopy on a connection of its own: a length of four bytes, the largest first, and that
/// many bytes; answered in the same way.
/// </summary>
/// <remarks>
/// Only the first frame of an answer is read. Some commands send two, the second the word None, which on a connection
/// that is kept would be taken for the answer to the next one.
/// </remarks>
internal sealed class AsyncroscopyLine(AsyncroscopyOptions options, TimeProvider time)
{
    // Twisted's own limit for a frame of these servers is ten million bytes.
    private const int MostBytes = 10_000_000;

    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(2);

    private IPAddress[]? _addresses;

    /// <summary>Sends a command and blocks until it is answered.</summary>
    /// <param name="command">Such as <c>AS_get_status</c>.</param>
    /// <param name="deadline">Longest time for all of it.</param>
    /// <param name="cancellationToken">Breaks the connection; the server goes on all the same.</param>
    /// <exception cref="InstrumentException">Refused, failed, or lost.</exception>
    public AsyncroscopyReply Send(string command, TimeSpan deadline, CancellationToken cancellationToken = default)
    {
        long started = time.GetTimestamp();
        try
        {
            _addresses ??= Dns.GetHostAddresses(options.Host);
            using Socket socket = BlockingSockets.Connect(_addresses, options.Port, ConnectPatience, time);
            using CancellationTokenRegistration breaking = cancellationToken.Register(socket.Dispose);
            byte[] text = Encoding.UTF8.GetBytes(command);
            byte[] request = new byte[4 + text.Length];
            BinaryPrimitives.WriteInt32BigEndian(request, text.Length);
            text.CopyTo(request, 4);
            SetTimeouts(socket, deadline - time.GetElapsedTime(started));
            socket.Send(request);
            byte[] length = new byte[4];
            Receive(socket, length, started, deadline);
            uint count = BinaryPrimitives.ReadUInt32BigEndian(length);
            if (count > MostBytes)
            {
                throw Lost(command, $"it announces {count} bytes, which is none of its frames", null);
            }

            byte[] frame = new byte[count];
            Receive(socket, frame, started, deadline);
            return AsyncroscopyReply.Of(command, frame);
        }
        catch (Exception exception) when (exception is SocketException or IOException or ObjectDisposedException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Lost(command, exception.GetBaseException().Message, exception);
        }
    }

    /// <summary>As <see cref="Send"/>, on a thread of its own: a scan takes seconds.</summary>
    public Task<AsyncroscopyReply> SendAsync(
        string command, TimeSpan deadline, CancellationToken cancellationToken) => Task.Factory.StartNew(
        () => Send(command, deadline, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    private void Receive(Socket socket, Span<byte> into, long started, TimeSpan deadline)
    {
        while (into.Length > 0)
        {
            SetTimeouts(socket, deadline - time.GetElapsedTime(started));
            int count = socket.Receive(into);
            into = count > 0 ? into[count..] : throw new IOException("the connection ended within an answer");
        }
    }

    private static void SetTimeouts(Socket socket, TimeSpan left)
    {
        if (left <= TimeSpan.Zero)
        {
            throw new IOException("no answer came in time");
        }

        socket.SendTimeout = socket.ReceiveTimeout = (int)Math.Clamp(left.TotalMilliseconds, 1, int.MaxValue);
    }

    private InstrumentException Lost(string command, string why, Exception? inner) => new(
        FaultClass.Transient, $"{options} did not answer '{command}': {why.TrimEnd('.')}.", inner);
}
