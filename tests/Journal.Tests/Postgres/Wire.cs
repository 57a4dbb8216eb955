using System.Net.Sockets;
using DklActors.Support.Postgres;

namespace DklActors.Journal.Tests.Postgres;

/// <summary>
/// The way between a daemon and its server: a socket that passes on what comes, until a test cuts it or holds it up.
/// </summary>
internal sealed class Wire : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dkl-wire-");
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly string _server;
    private readonly object _gate = new();

    // Under _gate.
    private readonly List<Socket> _open = [];
    private Func<Passing, Fate> _rule = _ => Fate.Passes;
    private bool _isHolding;

    public Wire(PostgresServer server)
    {
        _server = server.Socket;
        _listener.Bind(new UnixDomainSocketEndPoint(Path.Combine(_folder.FullName, ".s.PGSQL.5432")));
        _listener.Listen();
        _ = AcceptAsync();
    }

    /// <summary>What becomes of a piece of the conversation.</summary>
    public enum Fate
    {
        Passes,

        /// <summary>It is lost, and with it the connection.</summary>
        IsLost,

        /// <summary>It arrives, and then the connection is lost.</summary>
        IsTheLast,

        /// <summary>Neither it nor anything after it arrives, and nobody hears of it.</summary>
        IsHeldUp,
    }

    public string Folder => _folder.FullName;

    /// <summary>Lets a rule decide on every piece from now on.</summary>
    public void Rule(Func<Passing, Fate> rule)
    {
        lock (_gate)
        {
            _rule = rule;
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        lock (_gate)
        {
            _open.ForEach(socket => socket.Dispose());
        }

        _folder.Delete(recursive: true);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket client = await _listener.AcceptAsync();
                var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await server.ConnectAsync(new UnixDomainSocketEndPoint(_server));
                }
                catch (SocketException)
                {
                    client.Dispose();
                    continue;
                }

                lock (_gate)
                {
                    _open.AddRange([client, server]);
                }

                _ = PumpAsync(client, server, isAnswer: false);
                _ = PumpAsync(server, client, isAnswer: true);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task PumpAsync(Socket from, Socket to, bool isAnswer)
    {
        byte[] buffer = new byte[64 * 1024];
        try
        {
            for (int read; (read = await from.ReceiveAsync(buffer)) > 0;)
            {
                Fate fate = FateOf(new Passing(isAnswer, buffer.AsMemory(0, read)));
                if (fate == Fate.IsHeldUp)
                {
                    continue;
                }

                for (int sent = 0; fate != Fate.IsLost && sent < read;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, read - sent));
                }

                if (fate != Fate.Passes)
                {
                    break;
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // One of the two has gone; the other is told below.
        }

        from.Dispose();
        to.Dispose();
    }

    private Fate FateOf(Passing passing)
    {
        lock (_gate)
        {
            Fate fate = _isHolding ? Fate.IsHeldUp : _rule(passing);
            _isHolding = fate == Fate.IsHeldUp;
            return fate;
        }
    }

    /// <param name="IsAnswer">Whether it comes from the server.</param>
    /// <param name="Bytes">The piece.</param>
    internal readonly record struct Passing(bool IsAnswer, ReadOnlyMemory<byte> Bytes);
}
