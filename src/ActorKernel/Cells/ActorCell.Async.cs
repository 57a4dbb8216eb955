namespace DklActors.ActorKernel;

// An async handler between awaits, and what may happen to it:
//
//   it ends            ─► the next user message
//   deadline passes    ─► its token is cancelled ─► the actor fails, and its supervisor decides
//   Terminate/Recreate ─► its token is cancelled ─► it ends, or the grace passes ─► the stop or the restart
//
// So PostStop and PreRestart do not meet a handler that still uses what they clean up, unless it outlives the grace.
// The rest of such a handler runs outside of the actor, so that its own clean-up still happens.
internal sealed partial class ActorCell
{
    private ActorOperation? _operation;

    // The Terminate or Recreate that waits for the handler.
    private SystemMessage? _endAfterHandler;

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
        var deadline = System.MailboxFor(Props).HandlerDeadline ?? System.Settings.HandlerDeadline;
        if (deadline != Timeout.InfiniteTimeSpan)
        {
            operation.SetAlarm(deadline, () => HandleOverdue(operation, graced: false));
        }

        var task = Task.CompletedTask;
        operation.Within(_ => task = handler(), null);
        if (task.IsCompleted)
        {
            // Throws what the handler threw, on the actor's thread.
            operation.Dispose();
            task.GetAwaiter().GetResult();
            return;
        }

        _operation = operation;
        task.AtItsEnd(ended => _self.SendSystem(new InTurn(() => CompleteOperation(operation, ended))));
    }

    /// <summary>Whether the stop or the restart must wait; it goes on by itself then.</summary>
    private bool WaitsForHandler(SystemMessage end)
    {
        if (_operation is not { } operation)
        {
            return false;
        }

        if (_endAfterHandler is null)
        {
            operation.SetAlarm(System.Settings.HandlerGrace, () => HandleOverdue(operation, graced: true));
        }

        // A stop overrides a restart, and never the other way round: Recreate does not get here after Terminate.
        _endAfterHandler = end;

        // Last, for a callback of the token may throw.
        operation.Cancellation.Cancel();
        return true;
    }

    /// <param name="graced">The handler was cancelled, and the time to end is over too.</param>
    private void HandleOverdue(ActorOperation operation, bool graced)
    {
        if (operation != _operation || graced != _endAfterHandler is not null)
        {
            return;
        }

        var text = $"The async handler of {operation.Envelope?.Message.GetType().Name} in {Self.Path} did not end "
            + "within " + (graced ? "the grace after its cancellation." : "its deadline.");
        if (graced)
        {
            Log(_self).Warning("{0} It is left behind.", text);
            LeaveHandler();
        }
        else
        {
            _currentEnvelope = operation.Envelope;
            HandleInvokeFailure(new HandlerDeadlineException(text), perpetrator: null);
            operation.Cancellation.Cancel();
        }
    }

    /// <summary>The handler is over for the actor: what waited for it goes on.</summary>
    private void LeaveHandler()
    {
        _operation?.Dispose();
        _operation = null;
        ArmReceiveTimeout();
        var end = _endAfterHandler;
        _endAfterHandler = null;
        if (end is not null)
        {
            HandleSystem(end);
        }
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

    private void CompleteOperation(ActorOperation operation, Task task)
    {
        var failure = task.IsFaulted ? task.Exception!.InnerException
            : task.IsCanceled ? new TaskCanceledException(task)
            : null;
        if (failure is OperationCanceledException && operation.Cancellation.IsCancellationRequested)
        {
            // It did as it was told.
            failure = null;
        }

        if (failure is not null && (_operation != operation || _endAfterHandler is not null))
        {
            Log(_self).Warning(failure, "An async handler failed after its time: {0}", failure.Message);
            failure = null;
        }

        if (_operation == operation)
        {
            LeaveHandler();
        }

        if (failure is not null)
        {
            _currentEnvelope = operation.Envelope;
            HandleInvokeFailure(failure, perpetrator: null);
        }
    }
}
