namespace DklActors.ActorKernel;

// One failure:
//
//   child fails ─► suspends itself and its children ─► Failed ─► parent decides
//                                                                  ├─ Resume   ─► FaultResume
//                                                                  ├─ Restart  ─► FaultRecreate
//                                                                  ├─ Stop     ─► BeginTerminate
//                                                                  └─ Escalate ─► the parent fails in its turn
//
// Each Suspend is undone by exactly one Resume or Recreate, so that nested failures count up and down to zero.
// What an actor cannot deal with in its state waits: the failure of a child while it is suspended itself, and any
// further fault message while it is on the way to a new incarnation.
internal sealed partial class ActorCell
{
    private List<SystemMessage>? _waiting;

    private bool _failed;

    // The child whose escalated failure made this actor fail. It has suspended itself.
    private IActorRef? _perpetrator;

    private SupervisorStrategy Strategy =>
        Props.SupervisorStrategy ?? _actor?.Strategy ?? SupervisorStrategy.DefaultStrategy;

    public void InvokeSystem(SystemMessage message)
    {
        if (MustWait(message))
        {
            (_waiting ??= []).Add(message);
            return;
        }

        try
        {
            HandleSystem(message);
        }
        catch (Exception exception)
        {
            HandleInvokeFailure(exception, perpetrator: null);
        }

        // The state may be another one now.
        if (_waiting?.Find(next => !MustWait(next)) is { } ready)
        {
            _waiting.Remove(ready);
            InvokeSystem(ready);
        }
    }

    private bool MustWait(SystemMessage message) => message switch
    {
        Failed => Mailbox.IsSuspended,
        Dispatch.Suspend or Resume or Recreate =>
            _awaitedEnd is AwaitedEnd.Creation or AwaitedEnd.Recreation || _endAfterHandler is Recreate,
        _ => false,
    };

    private void HandleInvokeFailure(Exception cause, IActorRef? perpetrator)
    {
        if (_failed || _isTerminated)
        {
            Log(_self).Error(cause, "Failed again while failing or terminating: {0}", cause.Message);
            return;
        }

        _failed = true;
        _perpetrator = perpetrator;
        KernelMetrics.Count(KernelMetrics.Failures, _self.Path, "exception", cause.GetType().FullName);
        SuspendAll(except: perpetrator);
        _parent.SendSystem(new Failed(_self, cause));
    }

    private void HandleFailed(Failed failed)
    {
        // A failure of an earlier incarnation of the name is nobody's concern any more.
        if (Array.Find(ChildStats, child => child.Child == failed.Child) is not { } stats)
        {
            return;
        }

        // A decider sees the failed child as the sender.
        var before = _currentEnvelope;
        _currentEnvelope = new Envelope(failed.Cause, failed.Child);
        var handled = Strategy.HandleFailure(this, stats, failed.Cause);
        _currentEnvelope = before;
        if (!handled)
        {
            HandleInvokeFailure(failed.Cause, perpetrator: failed.Child);
        }
    }

    private void SuspendAll(IActorRef? except)
    {
        Mailbox.Suspend();
        foreach (var child in ChildStats.Where(child => child.Child != except))
        {
            child.Child.SendSystem(new Dispatch.Suspend());
        }
    }

    private void FaultResume(Exception? causedByFailure)
    {
        if (_actor is null && _awaitedEnd == AwaitedEnd.None)
        {
            // It never came to life, so there is no state to resume with.
            FaultCreate();
            return;
        }

        var perpetrator = _perpetrator;
        Mailbox.Resume();
        if (causedByFailure is not null)
        {
            ClearFailure();
        }

        Array.ForEach(ChildStats, child =>
            child.Child.SendSystem(new Resume(child.Child == perpetrator ? causedByFailure : null)));
    }

    private void FaultRecreate(Recreate recreate)
    {
        if (IsTerminating || _endAfterHandler is not null)
        {
            // On the way to the end: only keep the suspend counter balanced.
            FaultResume(null);
            return;
        }

        if (WaitsForHandler(recreate))
        {
            return;
        }

        if (_actor is not { } failedActor)
        {
            FaultCreate();
            return;
        }

        var cause = recreate.Cause;
        var message = _currentEnvelope?.Message;
        _timers?.CancelAll();
        try
        {
            failedActor.AroundPreRestart(cause, message);
        }
        catch (Exception exception)
        {
            var failure = new PreRestartException(_self, exception, cause, message);
            Log(_self).Error(failure, failure.Message);
        }

        _currentEnvelope = null;
        ReleaseIncarnation();
        _recreationCause = cause;
        if (!AwaitDyingChildren(AwaitedEnd.Recreation))
        {
            FinishRecreate(cause);
        }
    }

    private void FinishRecreate(Exception cause)
    {
        var survivors = ChildStats;
        Mailbox.Resume();
        ClearFailure();
        _restarts++;
        KernelMetrics.Count(KernelMetrics.Restarts, _self.Path);
        try
        {
            _actor = NewActor();
            _actor.AroundPostRestart(cause);
        }
        catch (Exception exception)
        {
            ReleaseIncarnation();
            throw new PostRestartException(_self, exception, cause);
        }

        // Children that PreRestart kept are restarted, so that the whole subtree starts clean.
        Array.ForEach(survivors, child => child.Child.SendSystem(new Recreate(cause)));
    }

    private void FaultCreate()
    {
        SetReceiveTimeout(null);
        StopAllChildren();
        if (!AwaitDyingChildren(AwaitedEnd.Creation))
        {
            FinishCreate();
        }
    }

    private void FinishCreate()
    {
        Mailbox.Resume();
        ClearFailure();
        CreateActor();
    }

    private void ClearFailure() => (_failed, _perpetrator, _currentEnvelope) = (false, null, null);
}
