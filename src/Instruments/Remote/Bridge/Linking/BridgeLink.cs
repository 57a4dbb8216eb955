using DklActors.Instruments.Ports;
using DklActors.Instruments.Remote.Bridge.Speaking;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Instruments.Remote.Bridge.Linking;

/// <summary>
/// The session with a bridge: opens it, keeps it by heartbeats, opens it again where it was lost, and knows what speaks
/// against measuring meanwhile.
/// </summary>
/// <remarks>
/// One thread of its own does all of that by blocking calls, so that a jammed thread pool neither silences the
/// heartbeat nor keeps a run from being paused.
/// </remarks>
internal sealed class BridgeLink : IDisposable
{
    private static readonly TimeSpan LongestInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(200);

    // Of a session that the same program left behind when it was killed: it is over after its heartbeat.
    private static readonly TimeSpan InUsePatience = TimeSpan.FromSeconds(2);

    private readonly BridgeOptions _options;
    private readonly BridgeCaller _caller;
    private readonly TimeProvider _time;
    private readonly Action<string> _say;
    private readonly Thread _thread;
    private readonly AutoResetEvent _bell = new(initialState: false);
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly LinkCondition _linked = new("link");
    private readonly LinkCondition _instrument = new("instrument");
    private readonly LinkCondition _limits = new("limits");
    private readonly LinkCondition _stage = new("stage");
    private long _beganAt;

    private volatile string? _session;
    private volatile BridgeCapabilities _capabilities;
    private volatile BridgeState _state;
    private volatile bool _ended;

    // Under _gate.
    private readonly Lock _gate = new();
    private BeamCurrent? _current;
    private StageWatch? _watch;

    // The thread's own.
    private StageWatch? _wasAwayFrom;
    private readonly DetectorFacts? _asBegun;
    private string? _instance;
    private bool _saidClock;
    private bool _wasLost;
    private bool _wasOnForNobody;

    public BridgeLink(
        BridgeOptions options,
        BridgeCaller caller,
        BridgeCapabilities capabilities,
        BridgeState state,
        TimeProvider time,
        Action<string> say)
    {
        _options = options;
        _caller = caller;
        _capabilities = capabilities;
        _state = state;
        _current = state.Current ?? capabilities.Current;
        _asBegun = capabilities.Find(options.Detector);
        _time = time;
        _say = say;
        _thread = new Thread(Run) { Name = "bridge link", IsBackground = true, Priority = ThreadPriority.Highest };
    }

    public IReadOnlyList<IInstrumentCondition> Conditions => [_linked, _instrument, _limits, _stage];

    public BridgeCapabilities Capabilities => _capabilities;

    public Uri Address => _options.Address;

    /// <summary>The beam's current as it was said last; null where it never was.</summary>
    public BeamCurrent? Current
    {
        get
        {
            lock (_gate)
            {
                return _current;
            }
        }
    }

    /// <summary>Of the bridge's making, and never twice the same; null before the first session.</summary>
    public string? Mark { get; private set; }

    /// <summary>What speaks against measuring now, or null.</summary>
    public string? Problem => _linked.Problem ?? _instrument.Problem ?? _limits.Problem ?? _stage.Problem;

    /// <summary>The session that commands.</summary>
    /// <exception cref="BridgeException">There is none now; there may be one soon.</exception>
    public string Session => _session
        ?? throw BridgeException.Lost(_options.Address, _linked.Problem ?? "there is no session yet");

    /// <summary>Opens the session; returns when it is open.</summary>
    /// <exception cref="InstrumentException">Somebody else commands, or the bridge does not answer.</exception>
    public Task BeginAsync(CancellationToken cancellationToken)
    {
        if (!_thread.IsAlive && !_ended)
        {
            _beganAt = _time.GetTimestamp();
            _thread.Start();
        }

        return _begun.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Somebody found the link broken or the session over: it is looked at now rather than soon.</summary>
    public void Suspect() => _bell.Set();

    /// <inheritdoc cref="ISampleStage.Watch"/>
    public void Watch(StagePosition place, Nanometre tolerance)
    {
        lock (_gate)
        {
            _watch = new StageWatch(place, tolerance);
            _stage.Problem = null;
        }
    }

    /// <summary>Says that positions are pixels of an image taken before, where the bridge knows none.</summary>
    /// <exception cref="BridgeException">It knows of another one, or cannot tell.</exception>
    public void ConfirmWindow()
    {
        if (BridgeFit.HasWindow(_capabilities, _options.Size))
        {
            return;
        }

        RefreshCapabilities();
        if (_capabilities.Probe is not null)
        {
            if (!BridgeFit.HasWindow(_capabilities, _options.Size))
            {
                throw BridgeException.Refused(
                    _options.Address, BridgeCode.OutsideLimits, FaultClass.Permanent,
                    $"positions there are not pixels of this run's image of {_options.Size} any more: another survey "
                    + "was taken since. End the run and start a new one.");
            }

            return;
        }

        _caller.Call(
            BridgeRequest.With(
                "PUT", "/v1/window",
                json =>
                {
                    json.WriteNumber("rows", _options.Size.Rows);
                    json.WriteNumber("columns", _options.Size.Columns);
                },
                Session),
            LongestCall);
        RefreshCapabilities();
        _say($"The bridge at {_options.Address.Authority} goes on with the image of {_options.Size} that was taken "
            + "before.");
    }

    /// <summary>Lets go: nothing is commanded any more.</summary>
    public void Dispose()
    {
        _ended = true;
        _bell.Set();
        if (_thread.IsAlive)
        {
            _thread.Join();
        }

        if (_session is { } session)
        {
            _session = null;
            try
            {
                _caller.Call(new BridgeRequest("DELETE", "/v1/session", null, session), LongestCall);
            }
            catch (InstrumentException exception)
            {
                // It is over when its heartbeat has stopped; the bridge blanks then.
                _say(exception.Message);
            }
        }

        _begun.TrySetCanceled();
        _bell.Dispose();
    }

    private void Run()
    {
        TimeSpan interval = TimeSpan.FromTicks(Math.Min((_options.Heartbeat / 4).Ticks, LongestInterval.Ticks));
        while (!_ended)
        {
            bool isWell = false;
            try
            {
                isWell = _session is null ? Open() : Beat();
            }
            catch (InstrumentException exception)
            {
                Lose(exception);
            }
            catch (Exception exception)
            {
                // Without a session nothing is exposed, which is safe; without this thread that would never end.
                Lose(BridgeException.Lost(_options.Address, exception.Message, exception));
            }

            _bell.WaitOne(isWell ? interval : RetryPause);
        }
    }

    private bool Open()
    {
        var answer = _caller.Call(
            BridgeRequest.With("POST", "/v1/session", json =>
            {
                json.WriteString("client", _options.Client);
                json.WriteNumber("heartbeat_s", _options.Heartbeat.TotalSeconds);
                json.WriteBoolean("take_over", false);
            }),
            LongestCall);
        string session = answer.FindText("session") is { Length: >= 8 and <= 200 } text
            && text.All(char.IsAsciiLetterOrDigit)
                ? text
                : throw BridgeException.Wrong(_options.Address, "it names no session");
        Take(BridgeCapabilities.Of(_options.Address, answer.Find("capabilities") ?? default));
        bool isNew = _instance is not null && _instance != _caller.Instance;
        _instance = _caller.Instance;
        Mark ??= session[..8];
        _session = session;
        Take(BridgeState.Of(_options.Address, answer.Find("state") ?? default));
        if (_wasLost)
        {
            _say(isNew
                ? $"The bridge at {_options.Address.Authority} was started anew; its session is open again."
                : $"The bridge at {_options.Address.Authority} answers again; its session is open again.");
        }

        _wasLost = false;
        _linked.Problem = null;
        _begun.TrySetResult();
        return true;
    }

    private bool Beat()
    {
        TimeSpan patience = _options.Heartbeat / 2;
        Take(BridgeState.Of(_options.Address, _caller.Call(
            new BridgeRequest("POST", "/v1/heartbeat", "{}"u8.ToArray(), _session),
            patience < LongestCall ? patience : LongestCall)));
        if (_state.Revision != _capabilities.Revision)
        {
            RefreshCapabilities();
        }

        if (_wasLost)
        {
            _wasLost = false;
            _say($"The bridge at {_options.Address.Authority} answers again.");
        }

        _linked.Problem = null;
        return true;
    }

    private void Lose(InstrumentException exception)
    {
        string? code = (exception as BridgeException)?.Code;
        if (code is BridgeCode.SessionOver or BridgeCode.InUse)
        {
            _session = null;
        }

        if (code == BridgeCode.SessionOver)
        {
            // Opened again at once, where nobody else took it: a run pauses only if that fails too.
            _wasLost = true;
            _linked.Problem = exception.Message;
            _bell.Set();
            return;
        }

        if (_linked.Problem is null && _begun.Task.IsCompletedSuccessfully)
        {
            _say(exception.Message);
        }

        _wasLost = _begun.Task.IsCompletedSuccessfully;
        _linked.Problem = exception.Message;
        bool mayPass = code == BridgeCode.InUse || exception.FaultClass == FaultClass.Transient;
        if (!mayPass || _time.GetElapsedTime(_beganAt) > _options.Heartbeat + InUsePatience)
        {
            // Only the first opening fails for good; a run that has begun waits.
            _begun.TrySetException(exception);
        }
    }

    private void RefreshCapabilities() => Take(BridgeCapabilities.Of(
        _options.Address, _caller.Call(BridgeRequest.Get("/v1/capabilities", _session), LongestCall)));

    private void Take(BridgeCapabilities capabilities)
    {
        _capabilities = capabilities;
        string? problem = BridgeFit.ProblemOf(_options, capabilities)?.Problem;
        if (problem is null && _asBegun is { } begun
            && !capabilities.Find(_options.Detector)!.GivesTheSameAs(begun))
        {
            problem = $"detector {begun.Id} gives other frames than when the run began";
        }

        if (problem is not null && _limits.Problem is null)
        {
            _say($"The limits at {_options.Address.Authority} have changed: {problem}.");
        }

        _limits.Problem = problem is null ? null : $"The microscope does not allow what the run asks for: {problem}.";
    }

    private void Take(BridgeState state)
    {
        _state = state;
        lock (_gate)
        {
            _current = state.Current ?? _current;
        }

        SayClock(state);
        Watch(state.Stage);
        bool isOnForNobody = !state.IsBlanked && state.Exposing is null;
        string? problem = state.Alarm is { } alarm ? $"THE BEAM COULD NOT BE BLANKED: {alarm}"
            : state.Conditions.Length > 0 ? string.Join("; ", state.Conditions)
            // Once may be the very end of an exposure.
            : isOnForNobody && _wasOnForNobody
                ? "THE BEAM IS ON, and no request asked for it. Look at the microscope."
            : null;
        bool isTwice = isOnForNobody && _wasOnForNobody;
        _wasOnForNobody = isOnForNobody;
        _instrument.Problem = problem;
        if (isTwice && state.Alarm is null)
        {
            // Where it fails, the bridge raises an alarm, which the next heartbeat brings.
            _caller.Call(BeamRequests.Blank(null), LongestCall);
        }
    }

    private void Watch(StagePosition? stage)
    {
        lock (_gate)
        {
            bool isAway = _watch is { } watch && stage is { IsFinite: true } at
                && at.DistanceTo(watch.Place).Value > watch.Tolerance.Value;
            // Once may be an answer that was on its way when the stage was still moving.
            if (isAway && ReferenceEquals(_wasAwayFrom, _watch) && _stage.Problem is null)
            {
                _stage.Problem =
                    $"The stage is at {stage}, and this run is measured at {_watch!.Place}: somebody has moved it. End "
                    + "the run and resume it, which sees to that.";
                _say(_stage.Problem);
            }

            _wasAwayFrom = isAway ? _watch : null;
        }
    }

    private void SayClock(BridgeState state)
    {
        if (!_saidClock && BridgeClock.Difference(state, _time) is { } apart
            && apart.Duration() > BridgeClock.Tolerance)
        {
            _saidClock = true;
            _say(BridgeClock.Words(_options.Address, apart));
        }
    }

    /// <summary>Where the stage is to stay. A class, for one that was told anew is another one.</summary>
    private sealed record StageWatch(StagePosition Place, Nanometre Tolerance);
}
