using System.Net.Sockets;
using DklActors.Host.Watching.Wire;
using DklActors.Instruments.Blankers;

namespace DklActors.Host.Watching.Guarding;

/// <summary>One daemon as the watchdog sees it: a connection, and a thread that listens to it.</summary>
internal sealed class WatchedDaemon : IBlankerOwner
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestSilence = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(1);

    private readonly MessageSocket _socket;
    private readonly BlankerWatches _watches;
    private readonly WatchdogLog _log;
    private readonly Action<WatchedDaemon> _ended;
    private readonly Lock _gate = new();

    // Under _gate.
    private readonly HashSet<BlankerWatch> _armed = [];
    private bool _isOver;

    public WatchedDaemon(
        MessageSocket socket, BlankerWatches watches, WatchdogLog log, Action<WatchedDaemon> ended)
    {
        _socket = socket;
        _watches = watches;
        _log = log;
        _ended = ended;
        Name = "a daemon that has not said who it is";
        new Thread(Listen)
        {
            Name = "watchdog connection",
            IsBackground = true,
            Priority = ThreadPriority.Highest,
        }.Start();
    }

    public string Name { get; private set; }

    /// <summary>Whether it ended as it should.</summary>
    public bool SaidGoodbye { get; private set; }

    public void Tell(WatchdogMessage message)
    {
        try
        {
            _socket.Send(message);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It is gone or does not listen. What matters is done; the listening thread sees the end.
        }
    }

    private void Listen()
    {
        string why = "it closed the connection without disarming";
        List<WatchdogMessage> messages = [];
        try
        {
            while (_socket.TryReceive(Patience, messages))
            {
                messages.ForEach(Handle);
                messages.Clear();
            }
        }
        catch (Exception exception)
        {
            // Whatever it was: this daemon is not heard any more.
            why = $"its connection broke: {exception.Message}";
        }

        BlankerWatch[] armed;
        lock (_gate)
        {
            _isOver = true;
            armed = [.. _armed];
        }

        // Blank first; the log comes after.
        foreach (BlankerWatch watch in armed)
        {
            watch.Lose(this, $"{Name} is gone: {why}.");
        }

        _socket.Dispose();
        _log.Write($"{Name} is gone; {armed.Length} of its blankers were armed.");
        _ended(this);
    }

    private void Handle(WatchdogMessage message)
    {
        switch (message.Kind)
        {
            case WatchdogWords.Hello:
                Name = message.Text ?? Name;
                _log.Write($"{Name} is there.");
                Tell(new WatchdogMessage(WatchdogWords.Ready));
                break;
            case WatchdogWords.Bye:
                SaidGoodbye = true;
                break;
            case WatchdogWords.Arm:
                // A thread of its own: an instrument that answers slowly must not make others seem silent.
                new Thread(() => Arm(message)) { IsBackground = true }.Start();
                break;
            case WatchdogWords.Beat when _watches.Find(message.Blanker) is { } watch:
                watch.Heard(this);
                Tell(new WatchdogMessage(WatchdogWords.Heard, message.Blanker));
                break;
            case WatchdogWords.Disarm when _watches.Find(message.Blanker) is { } watch:
                watch.Disarm(this);
                lock (_gate)
                {
                    _armed.Remove(watch);
                }

                _log.Write($"{message.Blanker}: disarmed by {Name}.");
                Tell(new WatchdogMessage(WatchdogWords.Disarmed, message.Blanker));
                break;
        }
    }

    private void Arm(WatchdogMessage message)
    {
        TimeSpan silence = TimeSpan.FromMilliseconds(message.SilenceMs ?? 0);
        BlankerWatch? watch = null;
        string? refusal = silence < ShortestSilence || silence > LongestSilence
            ? $"A silence of {silence.TotalMilliseconds} ms: choose 50 ms to 1 min."
            : !BlankerSpec.TryParse(message.Blanker, out BlankerSpec? spec)
                ? $"'{message.Blanker}' names no blanker; write {BlankerSpec.Accepts}."
                : _watches.TryGet(spec, out watch) ? watch.Arm(this, silence) : "Too many blankers are watched.";
        bool isTooLate = false;
        if (refusal is null)
        {
            lock (_gate)
            {
                _armed.Add(watch!);
                isTooLate = _isOver;
            }
        }

        if (isTooLate)
        {
            watch!.Lose(this, $"{Name} was gone before it was armed.");
        }

        _log.Write(refusal is null
            ? $"{message.Blanker}: armed by {Name}, to be blanked after {silence.TotalMilliseconds:F0} ms of silence."
            : $"{message.Blanker}: not armed for {Name}: {refusal}");
        Tell(refusal is null
            ? new WatchdogMessage(WatchdogWords.Armed, message.Blanker)
            : new WatchdogMessage(WatchdogWords.Refused, message.Blanker, Text: refusal));
    }
}
