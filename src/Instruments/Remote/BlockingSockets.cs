using System.Net;
using System.Net.Sockets;

namespace DklActors.Instruments.Remote;

/// <summary>Connections that the calling thread makes by itself, within a deadline and without the thread pool.
/// </summary>
internal static class BlockingSockets
{
    /// <summary>Connects to a host, which may have several addresses of which not all answer.</summary>
    /// <exception cref="IOException">None does in time.</exception>
    public static Socket Connect(IPAddress[] addresses, int port, TimeSpan deadline, TimeProvider time)
    {
        long started = time.GetTimestamp();
        Exception? last = null;
        for (int i = 0; i < addresses.Length; i++)
        {
            var socket = new Socket(addresses[i].AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                TimeSpan left = (deadline - time.GetElapsedTime(started)) / (addresses.Length - i);
                ConnectWithin(socket, new IPEndPoint(addresses[i], port), left);
                return socket;
            }
            catch (Exception exception) when (exception is SocketException or IOException)
            {
                socket.Dispose();
                last = exception;
            }
        }

        throw new IOException(last?.Message ?? "its name has no address", last);
    }

    private static void ConnectWithin(Socket socket, IPEndPoint to, TimeSpan deadline)
    {
        socket.Blocking = false;
        try
        {
            socket.Connect(to);
        }
        catch (SocketException exception) when (exception.SocketErrorCode
            is SocketError.WouldBlock or SocketError.InProgress)
        {
            // Under way.
        }

        int microseconds = (int)Math.Clamp(deadline.TotalMicroseconds, 0, int.MaxValue);
        if (!socket.Poll(microseconds, SelectMode.SelectWrite))
        {
            throw new IOException("it cannot be connected to in time");
        }

        if (socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error) is int error and not 0)
        {
            throw new SocketException(error);
        }

        socket.Blocking = true;
    }
}
