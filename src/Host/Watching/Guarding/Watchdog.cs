using System.Net.Sockets;
using DklActors.Host.Commands;
using DklActors.Host.Watching.Wire;

namespace DklActors.Host.Watching.Guarding;

/// <summary>
/// Listens at an address for daemons, any number of them, one after the other or together, and blanks for each that
/// falls silent.
/// </summary>
internal sealed class Watchdog : IDisposable
{
    private const int Backlog = 16;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    private readonly string _address;
    private readonly WatchdogLog _log;
    private readonly TimeProvider _time;
    private readonly BlankerWatches _watches;
    private readonly Socket _listener;
    private readonly ManualResetEventSlim _stop = new();
    private readonly Lock _gate = new();
    private readonly HashSet<WatchedDaemon> _daemons = [];
    private readonly object _pause = new();
    private bool _saidGoodbye;
    private volatile bool _hasEnded;

    /// <param name="address">Path of the socket, which is made here and readable by its owner alone.</param>
    /// <param name="log">Where everything is said.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="UsageException">Another watchdog listens there.</exception>
    public Watchdog(string address, WatchdogLog log, TimeProvider time)
    {
        _address = address;
        _log = log;
        _time = time;
        _watches = new BlankerWatches(log, time);
        RemoveWhatIsLeft(address);
        _listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            _listener.Bind(new UnixDomainSocketEndPoint(address));
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(address, OwnerOnly);
            }

            _listener.Listen(Backlog);
        }
        catch (SocketException exception)
        {
            _listener.Dispose();
            throw new UsageException(
                $"{address} cannot be listened at: {exception.Message}. Choose another --socket, in a folder that is "
                + "there and may be written to.");
        }

        new Thread(Accept) { Name = "watchdog listener", IsBackground = true }.Start();
        log.Write($"process {Environment.ProcessId} listens at {address}.");
    }

    /// <summary>Asks <see cref="Run"/> to end. From any thread, a signal's too.</summary>
    public void Stop() => _stop.Set();

    /// <summary>Watches until it is stopped, or alone for as long as <paramref name="linger"/>.</summary>
    /// <param name="linger">Null: for ever. Who said goodbye is not waited for.</param>
    /// <param name="patience">At the end: how long what is armed may take to be blanked.</param>
    /// <returns>Whether nothing is left to blank.</returns>
    public bool Run(TimeSpan? linger, TimeSpan patience)
    {
        long aloneSince = _time.GetTimestamp();
        while (!_stop.Wait(Glance))
        {
            bool isAlone, isDismissed;
            lock (_gate)
            {
                isAlone = _daemons.Count == 0;
                isDismissed = isAlone && _saidGoodbye;
            }

            if (!isAlone || !_watches.AreAtRest)
            {
                aloneSince = _time.GetTimestamp();
            }
            else if (linger is { } longest && (isDismissed || _time.GetElapsedTime(aloneSince) > longest))
            {
                _log.Write("nobody is left to watch.");
                break;
            }
        }

        _watches.LoseAll("the watchdog is stopped.");
        long stopped = _time.GetTimestamp();
        while (!_watches.AreAtRest && _time.GetElapsedTime(stopped) < patience)
        {
            lock (_pause)
            {
                Monitor.Wait(_pause, Glance);
            }
        }

        bool isDone = _watches.AreAtRest;
        _log.Write(isDone ? "ends." : "ENDS WITH A BEAM THAT DOES NOT READ BACK AS BLANKED.");
        return isDone;
    }

    public void Dispose()
    {
        _hasEnded = true;
        _listener.Dispose();
        _stop.Dispose();
        try
        {
            File.Delete(_address);
        }
        catch (IOException)
        {
            // The folder is gone, and the socket with it.
        }
    }

    private void Accept()
    {
        while (true)
        {
            try
            {
                var socket = new MessageSocket(_listener.Accept());
                lock (_gate)
                {
                    _saidGoodbye = false;
                    _daemons.Add(new WatchedDaemon(socket, _watches, _log, Forget));
                }
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (SocketException exception)
            {
                if (_hasEnded)
                {
                    return;
                }

                _log.Write($"a connection could not be taken: {exception.Message}");
            }
        }
    }

    private void Forget(WatchedDaemon daemon)
    {
        lock (_gate)
        {
            _daemons.Remove(daemon);
            _saidGoodbye = daemon.SaidGoodbye;
        }
    }

    private static void RemoveWhatIsLeft(string address)
    {
        if (!File.Exists(address))
        {
            return;
        }

        try
        {
            using MessageSocket other = MessageSocket.Connect(address);
            throw new UsageException($"Another watchdog listens at {address}; that one will do.");
        }
        catch (SocketException)
        {
            // Nobody: of one that was killed.
            File.Delete(address);
        }
    }
}
