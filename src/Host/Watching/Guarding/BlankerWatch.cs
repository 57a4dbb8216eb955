using System.Globalization;
using DklActors.Host.Watching.Wire;
using DklActors.Instruments.Blankers;
using DklActors.Instruments.Ports;

namespace DklActors.Host.Watching.Guarding;

/// <summary>
/// Blanks one blanker when its daemon falls silent or is gone: on a thread of its own, verified by read-back, again
/// and again until it reads back. It never unblanks.
/// </summary>
/// <remarks>
/// A daemon that comes back after a silence is watched on, but has to arm anew before it may trust in that.
/// </remarks>
internal sealed class BlankerWatch
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ArmPatience = TimeSpan.FromSeconds(5);

    private readonly string _name;
    private readonly IBeam _blanker;
    private readonly WatchdogLog _log;
    private readonly TimeProvider _time;
    private readonly object _gate = new();

    // Under _gate.
    private IBlankerOwner? _owner;
    private TimeSpan _silence;
    private long _heardAt;
    private bool _isListening;
    private string? _reason;
    private bool _isBlanking;

    public BlankerWatch(BlankerSpec spec, WatchdogLog log, TimeProvider time)
        : this(spec.ToString(), spec.Open(), log, time)
    {
    }

    internal BlankerWatch(string name, IBeam blanker, WatchdogLog log, TimeProvider time)
    {
        _name = name;
        _blanker = blanker;
        _log = log;
        _time = time;
        new Thread(Run)
        {
            Name = $"watchdog of {name}",
            IsBackground = true,
            Priority = ThreadPriority.Highest,
        }.Start();
    }

    /// <summary>Whether nothing is armed and nothing is left to blank.</summary>
    public bool IsAtRest
    {
        get
        {
            lock (_gate)
            {
                return _owner is null && _reason is null && !_isBlanking;
            }
        }
    }

    /// <summary>Watches for an owner from now on.</summary>
    /// <returns>Null when it does, else why not.</returns>
    public string? Arm(IBlankerOwner owner, TimeSpan silence)
    {
        try
        {
            _ = _blanker.IsBlanked;
        }
        catch (InstrumentException exception)
        {
            return exception.Message;
        }

        lock (_gate)
        {
            // What is left of the last owner comes first, or it would take the beam away from the next one.
            long started = _time.GetTimestamp();
            while (_reason is not null || _isBlanking)
            {
                if (_time.GetElapsedTime(started) > ArmPatience)
                {
                    return "It is being blanked, which does not succeed; look at the instrument.";
                }

                Monitor.Wait(_gate, LongestPause);
            }

            if (_owner is not null && _owner != owner)
            {
                return $"{_owner.Name} has armed it; end that one, or choose another blanker.";
            }

            _owner = owner;
            _silence = silence;
            Hear_NeedsLock();
            return null;
        }
    }

    public void Heard(IBlankerOwner owner)
    {
        lock (_gate)
        {
            if (_owner == owner)
            {
                Hear_NeedsLock();
            }
        }
    }

    public void Disarm(IBlankerOwner owner)
    {
        lock (_gate)
        {
            if (_owner == owner)
            {
                _owner = null;
            }
        }
    }

    /// <summary>The owner is gone: blanks now.</summary>
    public void Lose(IBlankerOwner owner, string why)
    {
        lock (_gate)
        {
            if (_owner == owner)
            {
                _owner = null;
                _reason = why;
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>Blanks now if somebody has armed it, and forgets the owner.</summary>
    public void LoseAny(string why)
    {
        IBlankerOwner? owner;
        lock (_gate)
        {
            owner = _owner;
        }

        if (owner is not null)
        {
            Lose(owner, why);
        }
    }

    private void Hear_NeedsLock()
    {
        _heardAt = _time.GetTimestamp();
        if (!_isListening)
        {
            _isListening = true;
            Monitor.PulseAll(_gate);
        }
    }

    private void Run()
    {
        while (true)
        {
            (string reason, IBlankerOwner? owner, long since) = Await();
            int attempts = Blank(reason, owner);
            string took = string.Create(
                CultureInfo.InvariantCulture, $"{_time.GetElapsedTime(since).TotalMilliseconds:F1} ms");
            string text = $"{_name}: blanked and read back within {took}, {attempts} attempts: {reason}";
            owner?.Tell(new WatchdogMessage(WatchdogWords.Blanked, _name, Text: reason));
            _log.Write(text);
            lock (_gate)
            {
                _isBlanking = false;
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>Waits until there is a reason to blank.</summary>
    private (string Reason, IBlankerOwner? Owner, long Since) Await()
    {
        lock (_gate)
        {
            while (_reason is null)
            {
                if (_owner is null || !_isListening)
                {
                    Monitor.Wait(_gate);
                    continue;
                }

                TimeSpan silent = _time.GetElapsedTime(_heardAt);
                if (silent >= _silence)
                {
                    _reason = string.Create(
                        CultureInfo.InvariantCulture,
                        $"no heartbeat of {_owner.Name} for {silent.TotalMilliseconds:F0} ms.");
                }
                else
                {
                    // Whole milliseconds, rounded up, so that it does not wake in vain.
                    Monitor.Wait(_gate, (int)Math.Ceiling((_silence - silent).TotalMilliseconds));
                }
            }

            string reason = _reason;
            _reason = null;
            _isBlanking = true;
            _isListening = false;
            return (reason, _owner, _time.GetTimestamp());
        }
    }

    /// <returns>Attempts that it took.</returns>
    private int Blank(string reason, IBlankerOwner? owner)
    {
        TimeSpan pause = FirstPause;
        for (int attempt = 1; ; attempt++)
        {
            string problem = "it reads back as unblanked";
            try
            {
                _blanker.Blank();
                if (_blanker.IsBlanked)
                {
                    return attempt;
                }
            }
            catch (Exception exception)
            {
                // Whatever a driver throws: the next attempt may succeed, and nobody else would make it.
                problem = exception.Message;
            }

            if (attempt == 1)
            {
                string text = $"THE BEAM COULD NOT BE BLANKED YET: {problem}. Close the column valves by hand; "
                    + "it is tried again until it reads back.";
                owner?.Tell(new WatchdogMessage(WatchdogWords.Stuck, _name, Text: text));
                _log.Write($"{_name}: {text} ({reason})");
            }

            lock (_gate)
            {
                Monitor.Wait(_gate, pause);
            }

            pause = pause < LongestPause ? 2 * pause : LongestPause;
        }
    }
}
