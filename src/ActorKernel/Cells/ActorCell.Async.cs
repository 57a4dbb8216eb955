using DklActors.ActorKernel.Dispatch;
using DklActors.ActorKernel.Event;

namespace DklActors.ActorKernel;

internal sealed partial class ActorCell
{
    private ActorOperation? _operation;

    /// <summary>An async handler is between awaits: no user message may run.</summary>
    public bool IsAwaiting => _operation is not null;

    /// <summary>Runs an async handler for the current message; no other one is handled until it ends.</summary>
    public void RunTask(Func<Task> handler)
    {
        if (_operation is not null)
        {
            throw new InvalidOperationException($"{Self.Path} runs an async handler already; RunTask does not nest.");
        }

        var operation = new ActorOperation(this, _actor, _currentEnvelope);
        var task = operation.Within(handler);
        if (task.IsCompleted)
        {
            // Throws what the handler threw, on the actor's thread.
            task.GetAwaiter().GetResult();
            return;
        }

        _operation = operation;
        task.ContinueWith(
            static (ended, state) => ((ActorOperation)state!).Complete(ended),
            operation,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    private void RunContinuation(Continuation continuation)
    {
        var operation = continuation.Operation;
        if (_actor is null || operation.Actor != _actor)
        {
            // Its incarnation is over. The handler's clean-up must run all the same, but not as this actor.
            continuation.RunOutsideActor();
            return;
        }

        var before = _currentEnvelope;
        _currentEnvelope = operation.Envelope;
        try
        {
            operation.Within(continuation.Callback, continuation.State);
        }
        finally
        {
            _currentEnvelope = before;
        }
    }

    private void CompleteOperation(OperationCompleted completed)
    {
        var failure = completed.Task.IsFaulted ? completed.Task.Exception!.InnerException
            : completed.Task.IsCanceled ? new TaskCanceledException(completed.Task)
            : null;
        if (_operation != completed.Operation)
        {
            if (failure is not null)
            {
                Log(_self).Warning(failure, "An async handler of an earlier incarnation failed: {0}", failure.Message);
            }

            return;
        }

        _operation = null;
        ArmReceiveTimeout();
        if (failure is not null)
        {
            _currentEnvelope = completed.Operation.Envelope;
            HandleInvokeFailure(failure, perpetrator: null);
        }
    }
}
