using DklActors.ActorKernel.Dispatch;
using DklActors.ActorKernel.Event;

namespace DklActors.ActorKernel;

/*
 * One failure:
 *
 *   child fails ─► suspends itself and its children ─► Failed ─► parent decides
 *                                                                  ├─ Resume   ─► FaultResume
 *                                                                  ├─ Restart  ─► FaultRecreate
 *                                                                  ├─ Stop     ─► BeginTerminate
 *                                                                  └─ Escalate ─► the parent fails in its turn
 *
 * Each Suspend is undone by exactly one Resume or Recreate, so that nested failures count up and down to zero.
 */
internal sealed partial class ActorCell
{
    private bool _failed;

    // The child whose escalated failure made this actor fail. It has suspended itself.
    private IActorRef? _perpetrator;

    private SupervisorStrategy Strategy =>
        Props.SupervisorStrategy ?? _actor?.Strategy ?? SupervisorStrategy.DefaultStrategy;

    private void HandleInvokeFailure(Exception cause, IActorRef? perpetrator)
    {
        if (_failed || _isTerminated)
        {
            Log(_self).Error(cause, "Failed again while failing or terminating: {0}", cause.Message);
            return;
        }

        _failed = true;
        _perpetrator = perpetrator;
        Mailbox.Suspend();
        foreach (var child in ChildStats)
        {
            if (child.Child != perpetrator)
            {
                child.Child.SendSystem(Dispatch.Suspend.Instance);
            }
        }

        _parent.SendSystem(new Failed(_self, cause));
    }

    private void HandleFailed(Failed failed)
    {
        // A failure of an earlier incarnation of the name is nobody's concern any more.
        var stats = ChildStats.FirstOrDefault(stats => stats.Child == failed.Child);
        if (stats is not null && !Strategy.HandleFailure(this, stats, failed.Cause))
        {
            HandleInvokeFailure(failed.Cause, perpetrator: failed.Child);
        }
    }

    private void SuspendAll()
    {
        Mailbox.Suspend();
        foreach (var child in ChildStats)
        {
            child.Child.SendSystem(Dispatch.Suspend.Instance);
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

        foreach (var child in ChildStats)
        {
            child.Child.SendSystem(new Resume(child.Child == perpetrator ? causedByFailure : null));
        }
    }

    private void FaultRecreate(Exception cause)
    {
        if (_awaitedEnd != AwaitedEnd.None)
        {
            // Already on the way to a new incarnation or to the end: only keep the suspend counter balanced.
            FaultResume(null);
            return;
        }

        if (_actor is not { } failedActor)
        {
            FaultCreate();
            return;
        }

        var message = _currentEnvelope?.Message;
        try
        {
            failedActor.AroundPreRestart(cause, message);
        }
        catch (Exception exception)
        {
            var failure = new PreRestartException(_self, exception, cause, message);
            Log(_self).Error(failure, failure.Message);
        }

        _actor = null;
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
        try
        {
            _actor = NewActor();
            _actor.AroundPostRestart(cause);
        }
        catch (Exception exception)
        {
            _actor = null;
            ReleaseIncarnation();
            HandleInvokeFailure(new PostRestartException(_self, exception, cause), perpetrator: null);
            return;
        }

        // Children that PreRestart kept are restarted, so that the whole subtree starts clean.
        foreach (var child in survivors)
        {
            child.Child.SendSystem(new Recreate(cause));
        }
    }

    private void FaultCreate()
    {
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
        try
        {
            CreateActor();
        }
        catch (Exception exception)
        {
            HandleInvokeFailure(exception, perpetrator: null);
        }
    }

    private void ClearFailure()
    {
        _failed = false;
        _perpetrator = null;
        _currentEnvelope = null;
    }
}
