using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using DklActors.Host.Watching.Wire;
using DklActors.Instruments.Blankers;
using DklActors.Instruments.Ports;
using DklActors.Journal.Files;

namespace DklActors.Host.Watching.Linking;

/// <summary>
/// This process's side of the watchdog: starts or finds it, says which blankers it has to guard, and lets the heart
/// beat for each whose lease clock shows signs of life. A watchdog that is lost is started or found again.
/// </summary>
/// <remarks>One thread of its own connects, listens and beats; a jammed thread pool does not silence it.</remarks>
internal sealed class WatchdogLink : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMilliseconds(500);

    private readonly WatchdogOptions _options;
    private readonly TimeProvider _time;
    private readonly Action<string> _say;
    private readonly Thread _thread;
    private readonly AutoResetEvent _bell = new(initialState: false);
    private readonly Lock _gate = new();
    private volatile bool _ended;

    // Under _gate.
    private readonly List<WatchedBlanker> _watched = [];
    private bool _hasBegun;

    // The thread's own, but for the sending.
    private readonly List<WatchdogMessage> _messages = [];
    private volatile MessageSocket? _socket;
    private volatile bool _isReady;
    private long _connectedAt;
    private long _tickedAt;
    private Process? _child;
    private string? _said;

    /// <summary>Begins to look for the watchdog, or to start it, when the first blanker is to be armed.</summary>
    /// <param name="options">Which watchdog.</param>
    /// <param name="time">The clock.</param>
    /// <param name="say">Tells a person what happens to the watchdog; must be quick and not throw.</param>
    public WatchdogLink(WatchdogOptions options, TimeProvider time, Action<string> say)
    {
        _options = options;
        _time = time;
        _say = say;
        _thread = new Thread(Run) { Name = "watchdog link", IsBackground = true, Priority = ThreadPriority.Highest };
    }

    /// <summary>Begins to look for the watchdog at once; does not wait for it.</summary>
    public static WatchdogLink Start(WatchdogOptions options, TimeProvider time, Action<string> say)
    {
        var link = new WatchdogLink(options, time, say);
        link.Begin();
        return link;
    }

    /// <summary>Whether the watchdog answers now.</summary>
    public bool IsConnected => _isReady;

    /// <summary>Prepares to have a blanker watched. Nothing is armed before <see cref="WatchedBlanker.ArmAsync"/>.
    /// </summary>
    public WatchedBlanker Watch(BlankerSpec spec) => new(this, spec, _options.Silence, _time);

    /// <summary>Disarms everything and lets go. The watchdog goes on, or ends if it was started here.</summary>
    public void Dispose()
    {
        bool hasBegun;
        lock (_gate)
        {
            _ended = true;
            hasBegun = _hasBegun;
        }

        _bell.Set();
        if (hasBegun)
        {
            _thread.Join();
        }

        foreach (WatchedBlanker watched in All())
        {
            Disarm(watched);
        }

        TrySend(new WatchdogMessage(WatchdogWords.Bye));
        _socket?.Dispose();
        _child?.Dispose();
        _bell.Dispose();
    }

    internal async Task ArmAsync(WatchedBlanker watched, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_watched.Any(other => other.Spec == watched.Spec))
            {
                throw new InstrumentException(
                    FaultClass.Permanent,
                    $"Another run of this process has the blanker {watched.Spec}: queue them for the same instrument.");
            }

            _watched.Add(watched);
            WriteLedger_NeedsLock();
        }

        Begin();
        _bell.Set();
        try
        {
            await watched.FirstArmed.WaitAsync(_options.Patience, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            Disarm(watched);
            throw new InstrumentException(
                FaultClass.Unknown,
                $"The watchdog did not arm {watched.Spec} within {_options.Patience.TotalSeconds:G3} s: "
                + $"{watched.Trouble} See {_options.LogFile ?? "its log"}.");
        }
    }

    internal void Disarm(WatchedBlanker watched)
    {
        lock (_gate)
        {
            if (!_watched.Remove(watched))
            {
                return;
            }

            WriteLedger_NeedsLock();
        }

        TrySend(new WatchdogMessage(WatchdogWords.Disarm, watched.Spec.ToString()));
        watched.NoteLost("It was disarmed.");
    }

    private void Begin()
    {
        lock (_gate)
        {
            if (!_hasBegun && !_ended)
            {
                _hasBegun = true;
                _thread.Start();
            }
        }
    }

    private void Run()
    {
        TimeSpan pause = FirstPause;
        while (!_ended)
        {
            try
            {
                if (_socket is null && !TryConnect())
                {
                    _bell.WaitOne(pause);
                    pause = pause < LongestPause ? 2 * pause : LongestPause;
                    continue;
                }

                if (!_socket!.TryReceive(_options.Interval - _time.GetElapsedTime(_tickedAt), _messages))
                {
                    Lose("The watchdog is gone.");
                    continue;
                }

                _messages.ForEach(Handle);
                _messages.Clear();
                pause = _isReady ? FirstPause : pause;
                if (_time.GetElapsedTime(_tickedAt) >= _options.Interval)
                {
                    _tickedAt = _time.GetTimestamp();
                    Tick();
                }
            }
            catch (Exception exception)
            {
                // Without a link exposures are held back, which is safe; without this thread that would never end.
                Lose($"The watchdog cannot be reached: {exception.Message}");
            }
        }
    }

    private bool TryConnect()
    {
        try
        {
            _socket = MessageSocket.Connect(_options.Address);
        }
        catch (SocketException exception)
        {
            if (!_options.Starts)
            {
                Say($"No watchdog listens at {_options.Address}: {exception.Message}.");
            }
            else if (_child is null || _child.HasExited)
            {
                _child?.Dispose();
                _child = WatchdogStarter.Start(_options);
            }

            return false;
        }

        _connectedAt = _time.GetTimestamp();
        _messages.Clear();
        _socket.Send(new WatchdogMessage(
            WatchdogWords.Hello, Text: $"process {Environment.ProcessId} on {Environment.MachineName}"));
        return true;
    }

    private void Handle(WatchdogMessage message)
    {
        if (message.Kind == WatchdogWords.Ready)
        {
            _isReady = true;
            Say("The watchdog is there.");
            return;
        }

        if (All().FirstOrDefault(watched => watched.Spec.ToString() == message.Blanker) is not { } watched)
        {
            return;
        }

        switch (message.Kind)
        {
            case WatchdogWords.Armed:
                watched.NoteArmed();
                Say($"The watchdog guards {watched.Spec}.");
                break;
            case WatchdogWords.Heard:
                watched.ConfirmedAt = _time.GetTimestamp();
                break;
            case WatchdogWords.Refused:
                watched.NoteLost($"The watchdog refuses: {message.Text}");
                Say($"The watchdog does not guard {watched.Spec}: {message.Text}");
                break;
            case WatchdogWords.Blanked:
                watched.NoteLost($"The watchdog blanked the beam: {message.Text}");
                Say($"The watchdog blanked {watched.Spec}: {message.Text}");
                break;
            case WatchdogWords.Stuck:
                watched.NoteLost(message.Text ?? "The watchdog cannot blank the beam.");
                Say($"{watched.Spec}: {message.Text}");
                break;
        }
    }

    private void Tick()
    {
        if (!_isReady)
        {
            if (_time.GetElapsedTime(_connectedAt) > AnswerPatience)
            {
                Lose("The watchdog does not answer.", isHanging: true);
            }

            return;
        }

        foreach (WatchedBlanker watched in All())
        {
            bool isArmed = watched.State == WatchState.Armed;
            if (isArmed && _time.GetElapsedTime(watched.ConfirmedAt) > AnswerPatience)
            {
                Lose("The watchdog does not answer.", isHanging: true);
                return;
            }

            // No sign of life, no beat: the watchdog then blanks what this process could not.
            if (!watched.IsAlive())
            {
                continue;
            }

            if (!isArmed && _time.GetElapsedTime(watched.AskedAt) > AskAgainAfter)
            {
                watched.AskedAt = _time.GetTimestamp();
                _socket!.Send(new WatchdogMessage(
                    WatchdogWords.Arm, watched.Spec.ToString(), _options.Silence.TotalMilliseconds));
            }

            watched.NoteBeat();
            _socket!.Send(new WatchdogMessage(WatchdogWords.Beat, watched.Spec.ToString()));
        }
    }

    private void Lose(string why, bool isHanging = false)
    {
        _isReady = false;
        _socket?.Dispose();
        _socket = null;
        foreach (WatchedBlanker watched in All())
        {
            watched.NoteLost(why);
            watched.AskedAt = 0;
        }

        Say(why);
        if (isHanging && _child is { HasExited: false } child)
        {
            // Of one's own; it holds the address. Without it the next attempt starts another.
            child.Kill();
        }
    }

    private WatchedBlanker[] All()
    {
        lock (_gate)
        {
            return [.. _watched];
        }
    }

    private void TrySend(WatchdogMessage message)
    {
        try
        {
            _socket?.Send(message);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It is gone, and with it what it had armed.
        }
    }

    /// <summary>What has changed, and not what is so still.</summary>
    private void Say(string text)
    {
        if (_said != text)
        {
            _said = text;
            _say(text);
        }
    }

    private void WriteLedger_NeedsLock()
    {
        if (_options.Ledger is { } ledger)
        {
            string lines = string.Concat(_watched.Select(watched => $"{watched.Spec}\n"));
            DurableFile.Write(ledger, Encoding.UTF8.GetBytes(lines));
        }
    }
}
