using System.Net;
using System.Net.Sockets;

namespace DklActors.Daemon.Tests.Browser;

/// <summary>A line between browser and daemon that can be cut and mended.</summary>
internal sealed class CuttableLine : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ended = new();
    private readonly Lock _gate = new();
    private readonly HashSet<TcpClient> _open = [];
    private readonly int _port;
    private readonly Task _accepting;
    private bool _isCut;

    public CuttableLine(Uri daemon)
    {
        _port = daemon.Port;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

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

    public async ValueTask DisposeAsync()
    {
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
            await Task.WhenAny(near.CopyToAsync(far, _ended.Token), far.CopyToAsync(near, _ended.Token));
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
}
