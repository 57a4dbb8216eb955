using System.Net;
using System.Net.Sockets;

namespace DklActors.Support.Lines;

/// <summary>
/// A line on this machine to a server that can be cut, which both ends see, or go dead, which neither does.
/// </summary>
internal sealed class CuttableLine : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ended = new();
    private readonly Lock _gate = new();
    private readonly HashSet<TcpClient> _open = [];
    private readonly int _port;
    private readonly Task _accepting;
    private bool _isCut;
    private TaskCompletionSource _alive = Completed();

    /// <param name="port">Of the server.</param>
    public CuttableLine(int port)
    {
        _port = port;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public CuttableLine(Uri server)
        : this(server.Port)
    {
    }

    public Uri Address => new($"http://127.0.0.1:{Port}");

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Ends every connection and takes none until it is mended.</summary>
    public void Cut()
    {
        TcpClient[] open;
        lock (_gate)
        {
            _isCut = true;
            open = [.. _open];
        }

        foreach (TcpClient client in open)
        {
            client.Close();
        }
    }

    public void Mend()
    {
        lock (_gate)
        {
            _isCut = false;
        }
    }

    /// <summary>Passes nothing on any more, and ends nothing: as when a cable is pulled.</summary>
    public void GoDead()
    {
        lock (_gate)
        {
            _alive = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Passes on what has waited meanwhile.</summary>
    public void Revive()
    {
        lock (_gate)
        {
            _alive.TrySetResult();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Revive();
        await _ended.CancelAsync();
        _listener.Stop();
        Cut();
        await _accepting;
        _ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_ended.IsCancellationRequested)
        {
            TcpClient client;
            try
            {
                client = await _listener.AcceptTcpClientAsync(_ended.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException
                or ObjectDisposedException)
            {
                return;
            }

            bool isCut;
            lock (_gate)
            {
                isCut = _isCut;
            }

            if (isCut)
            {
                client.Close();
            }
            else
            {
                _ = PassAsync(client);
            }
        }
    }

    private async Task PassAsync(TcpClient client)
    {
        using var daemon = new TcpClient();
        try
        {
            await daemon.ConnectAsync(IPAddress.Loopback, _port, _ended.Token);
            lock (_gate)
            {
                _open.Add(client);
            }

            NetworkStream near = client.GetStream();
            NetworkStream far = daemon.GetStream();
            await Task.WhenAny(CopyAsync(near, far), CopyAsync(far, near));
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException
            or ObjectDisposedException or InvalidOperationException)
        {
            // Cut.
        }
        finally
        {
            lock (_gate)
            {
                _open.Remove(client);
            }

            client.Dispose();
        }
    }
    private async Task CopyAsync(NetworkStream from, NetworkStream to)
    {
        byte[] buffer = new byte[64 * 1024];
        while (true)
        {
            int count = await from.ReadAsync(buffer, _ended.Token);
            Task alive;
            lock (_gate)
            {
                alive = _alive.Task;
            }

            await alive.WaitAsync(_ended.Token);
            if (count == 0)
            {
                return;
            }

            await to.WriteAsync(buffer.AsMemory(0, count), _ended.Token);
        }
    }

    private static TaskCompletionSource Completed()
    {
        var completed = new TaskCompletionSource();
        completed.SetResult();
        return completed;
    }
}
