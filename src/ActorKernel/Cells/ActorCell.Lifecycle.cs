namespace DklActors.ActorKernel;

internal sealed partial class ActorCell
{
    private bool _isTerminated;
    private TimerScheduler? _timers;
    private StashBuffer? _stash;
    private ITimer? _receiveTimer;

    /// <summary>Those of the running incarnation; its constructor may start some already.</summary>
    public TimerScheduler Timers => _timers ??= new TimerScheduler(_self, System.Settings.TimeProvider);

    public TimeSpan? ReceiveTimeout { get; private set; }

    public void SetReceiveTimeout(TimeSpan? timeout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(
            timeout ?? TimeSpan.MaxValue, TimeSpan.Zero, nameof(timeout));
        ReceiveTimeout = timeout;
        ArmReceiveTimeout();
    }

    private void ArmReceiveTimeout()
    {
        // While a handler awaits the actor is not idle; the time begins when the handler ends.
        var due = IsAwaiting || ReceiveTimeout is null ? Timeout.InfiniteTimeSpan : ReceiveTimeout.Value;
        if (due != Timeout.InfiniteTimeSpan)
        {
            _receiveTimer ??= System.Settings.TimeProvider.CreateTimer(
                _ => _self.Tell(ActorKernel.ReceiveTimeout.Instance, _self), null, due, Timeout.InfiniteTimeSpan);
        }

        _receiveTimer?.Change(due, Timeout.InfiniteTimeSpan);
    }

    private ActorBase NewActor()
    {
        (_behaviour, _behavioursBelow) = (null, null);
        var actor = Props.NewActor();
        (actor as ReceiveActor)?.EndConstruction();
        if (actor is IActorStash stashing)
        {
            stashing.Stash = _stash = new StashBuffer(this, System.Settings.StashCapacity);
        }

        return actor;
    }

    private void CreateActor()
    {
        try
        {
            _actor = NewActor();
            _actor.AroundPreStart();
            ArmReceiveTimeout();
        }
        catch (Exception exception)
        {
            ReleaseIncarnation();
            throw new ActorInitializationException(_self, "Exception during creation", exception);
        }
    }

    /// <summary>What one incarnation held ends with it; what it stashed goes back into the mailbox. The receive
    /// timeout stays: it is the context's.</summary>
    private void ReleaseIncarnation()
    {
        var actor = _actor;
        _actor = null;
        _stash?.UnstashAll();
        _stash = null;
        _timers?.CancelAll();
        _operation = null;
        Attempt("Dispose", () => (actor as IDisposable)?.Dispose());
    }

    /// <summary>What fails on the way to the end must not keep the actor from its end.</summary>
    private void Attempt(string hook, Action call)
    {
        try
        {
            call();
        }
        catch (Exception exception)
        {
            Log(_self).Error(exception, "{0} failed: {1}", hook, exception.Message);
        }
    }

    private void BeginTerminate()
    {
        if (_isTerminated || WaitsForHandler(new Terminate()))
        {
            return;
        }

        SetReceiveTimeout(null);
        UnwatchAll();
        var wasTerminating = IsTerminating;

        // First, so that no child comes that nobody stops.
        CloseToChildren();
        StopAllChildren();
        if (_dyingChildren == 0)
        {
            FinishTerminate();
        }
        else if (!wasTerminating)
        {
            // No user message any more, and no failure that still asks the supervisor.
            Mailbox.Suspend();
            _failed = true;
        }
    }

    /// <summary>
    /// The order is the contract: PostStop, then the rest of the mailbox to the dead letters, then the parent (who
    /// may give the name away), then the watchers. Each step happens even if the one before it failed.
    /// </summary>
    private void FinishTerminate()
    {
        _isTerminated = true;
        _currentEnvelope = null;
        _timers?.CancelAll();
        _receiveTimer?.Dispose();
        Attempt("PostStop", () => _actor?.AroundPostStop());
        ReleaseIncarnation();
        UnwatchAll();
        System.EventStream.Unsubscribe(_self);
        Mailbox.Close();
        KernelMetrics.Count(KernelMetrics.Stops, _self.Path);
        _parent.SendSystem(new DeathWatchNotification(_self, ExistenceConfirmed: true));
        TellWatchersOfOwnDeath();
    }
}
