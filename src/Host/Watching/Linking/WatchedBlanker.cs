using DklActors.Actors.Interlock;
using DklActors.Instruments.Blankers;

namespace DklActors.Host.Watching.Linking;

/// <summary>One blanker of this process as the watchdog has it. Disposing of it disarms.</summary>
internal sealed class WatchedBlanker : IDisposable
{
    // Of the silence, after which the watchdog is about to blank, so that it is too late to begin something.
    private const double TooLate = 0.8;

    private readonly WatchdogLink _link;
    private readonly TimeProvider _time;
    private readonly TimeSpan _silence;
    private readonly TaskCompletionSource _firstArmed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();

    // Under _gate.
    private bool _isArmed;
    private long _beatAt;
    private long _interruptions;
    private string _trouble = "The watchdog has not armed yet.";

    // The link's thread alone.
    private long _looks = -1;

    public WatchedBlanker(WatchdogLink link, BlankerSpec spec, TimeSpan silence, TimeProvider time)
    {
        _link = link;
        _time = time;
        _silence = silence;
        Spec = spec;
    }

    public BlankerSpec Spec { get; }

    /// <summary>What must show signs of life for the heart to beat; null before it is armed.</summary>
    public IBeamPulse? Pulse { get; private set; }

    /// <summary>When it was last asked to be armed, on the link's clock.</summary>
    public long AskedAt { get; set; }

    /// <summary>When the watchdog last confirmed a heartbeat.</summary>
    public long ConfirmedAt { get; set; }

    public Task FirstArmed => _firstArmed.Task;

    public WatchState State => Trouble is null ? WatchState.Armed : WatchState.Lost;

    /// <summary>Why the beam must not be unblanked now, or null. Answers at once, from any thread.</summary>
    public string? Trouble
    {
        get
        {
            lock (_gate)
            {
                return !_isArmed ? _trouble
                        : IsSilent_NeedsLock(TooLate) ? "This process was held up, and the watchdog may have blanked."
                    : null;
            }
        }
    }

    /// <summary>
    /// Counts the times that the watchdog blanked or may have: between two equal values nobody took the beam away.
    /// </summary>
    public long Interruptions
    {
        get
        {
            lock (_gate)
            {
                return _interruptions + (IsSilent_NeedsLock(1) ? 1 : 0);
            }
        }
    }

    /// <summary>Arms the watchdog, and waits until it is.</summary>
    /// <param name="pulse">What must be alive.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="TimeoutException">It did not arm in time; it is tried further.</exception>
    public Task ArmAsync(IBeamPulse pulse, CancellationToken cancellationToken)
    {
        Pulse = pulse;
        return _link.ArmAsync(this, cancellationToken);
    }

    public void Dispose() => _link.Disarm(this);

    /// <summary>Whether there was a sign of life since the last call; asks for the next one.</summary>
    public bool IsAlive()
    {
        if (Pulse is not { } pulse)
        {
            return false;
        }

        long looks = pulse.Looks;
        bool isAlive = looks != _looks;
        _looks = looks;
        pulse.Ask();
        return isAlive;
    }

    /// <summary>A heartbeat is about to be sent.</summary>
    public void NoteBeat()
    {
        lock (_gate)
        {
            // A gap that is over by now may have been long enough.
            _interruptions += IsSilent_NeedsLock(1) ? 1 : 0;
            _beatAt = _time.GetTimestamp();
        }
    }

    public void NoteArmed()
    {
        lock (_gate)
        {
            _isArmed = true;
            _beatAt = _time.GetTimestamp();
        }

        ConfirmedAt = _time.GetTimestamp();
        _firstArmed.TrySetResult();
    }

    public void NoteLost(string trouble)
    {
        lock (_gate)
        {
            _interruptions += _isArmed ? 1 : 0;
            _isArmed = false;
            _trouble = trouble;
        }
    }

    private bool IsSilent_NeedsLock(double share) => _isArmed && _time.GetElapsedTime(_beatAt) > share * _silence;
}
