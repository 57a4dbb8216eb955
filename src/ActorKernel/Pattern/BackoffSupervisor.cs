namespace DklActors.ActorKernel.Pattern;

/// <summary>
/// Keeps one child alive, and waits longer each time before it starts it again: twice the last backoff, up to the
/// longest, plus jitter from the seed of the system, so that not all come back at once. Messages go through to the
/// child, and what the child sends here goes to the parent.
/// </summary>
public sealed class BackoffSupervisor : ActorBase
{
    private readonly BackoffPlan _plan;
    private readonly Random _jitter;
    private readonly TimerScheduler _timers = Running.Timers;
    private IActorRef? _child;
    private int _restarts;
    private bool _backsOff;

    internal BackoffSupervisor(BackoffPlan plan)
    {
        _plan = plan;
        _jitter = new Random(unchecked((Running.System.Settings.RandomSeed * 397) ^ (int)Self.Path.Uid));
    }

    /// <summary>The message of a timer, and its key.</summary>
    private enum Due
    {
        Start,
        Reset,
    }

    private bool MayRestart => _plan.Strategy.MaxNumberOfRetries is var limit && (limit < 0 || _restarts < limit);

    /// <exception cref="ArgumentException">The times are not positive and in order, or the factor is out of range.
    /// </exception>
    public static Props Props(BackoffOptions options)
    {
        var plan = options.Plan;
        return plan.MinBackoff > TimeSpan.Zero && plan.MaxBackoff >= plan.MinBackoff
            && plan.RandomFactor is >= 0 and <= 1
            ? ActorKernel.Props.Create(() => new BackoffSupervisor(plan))
            : throw new ArgumentException(
                $"A backoff needs 0 < minBackoff <= maxBackoff and a randomFactor from 0 to 1, not {plan}.");
    }

    protected override void PreStart() => StartChild();

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case Terminated terminated when terminated.ActorRef.Equals(_child):
                HandleStoppedChild();
                break;
            case Due.Start:
                StartChild();
                if (_plan.AutoReset is { } reset)
                {
                    _timers.StartSingleTimer(Due.Reset, Due.Reset, reset);
                }

                break;
            case Due.Reset:
            case Reset when _plan.AutoReset is null:
                _restarts = 0;
                break;
            case Reset:
                return false;
            case GetRestartCount:
                Sender.Tell(new RestartCount(_restarts));
                break;
            case GetCurrentChild:
                Sender.Tell(new CurrentChild(_child));
                break;
            case var toParent when Sender.Equals(_child):
                Context.Parent.Tell(toParent);
                break;
            case var _ when _child is null && _plan.ReplyWhileStopped is { } reply:
                Sender.Tell(reply);
                break;
            default:
                (_child ?? Context.System.DeadLetters).Forward(message);
                break;
        }

        return true;
    }

    protected override SupervisorStrategy SupervisorStrategy() =>
        _plan.OnStop ? _plan.Strategy : new OneForOneStrategy(StopInPlaceOfRestart);

    private Directive StopInPlaceOfRestart(Exception cause)
    {
        var directive = _plan.Strategy.Decider.Decide(cause);
        _backsOff = directive == Directive.Restart && MayRestart;
        return directive == Directive.Restart ? Directive.Stop : directive;
    }

    private void StartChild() => _child ??= Context.Watch(Context.ActorOf(_plan.ChildProps, _plan.ChildName));

    private void HandleStoppedChild()
    {
        _child = null;
        if (_plan.OnStop ? !MayRestart : !_backsOff)
        {
            Context.Stop(Self);
            return;
        }

        // A reset is for a child that has lived long enough.
        _timers.Cancel(Due.Reset);
        var backoff = Math.Min(_plan.MaxBackoff.Ticks, _plan.MinBackoff.Ticks * Math.Pow(2, _restarts));
        var jittered = backoff * (1 + (_jitter.NextDouble() * _plan.RandomFactor));
        _timers.StartSingleTimer(Due.Start, Due.Start, TimeSpan.FromTicks((long)jittered));
        _restarts++;
        _backsOff = false;
    }

    /// <summary>Asks for <see cref="CurrentChild"/>.</summary>
    public sealed class GetCurrentChild
    {
        public static readonly GetCurrentChild Instance = new();
    }

    /// <param name="Ref">Null while the supervisor backs off.</param>
    public sealed record CurrentChild(IActorRef? Ref);

    /// <summary>Begins again at the least backoff; unhandled unless the reset is manual.</summary>
    public sealed class Reset
    {
        public static readonly Reset Instance = new();
    }

    /// <summary>Asks for <see cref="RestartCount"/>.</summary>
    public sealed class GetRestartCount
    {
        public static readonly GetRestartCount Instance = new();
    }

    /// <param name="Count">Restarts since the last reset.</param>
    public sealed record RestartCount(int Count);
}
