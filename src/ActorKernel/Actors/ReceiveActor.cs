namespace DklActors.ActorKernel;

/// <summary>
/// An actor whose handlers are declared by type, in the constructor or in the function given to Become. The first
/// that matches takes the message.
/// </summary>
public abstract class ReceiveActor : ActorBase
{
    private List<Receive>? _declaring = [];
    private Receive[] _initial = [];
    private bool _catchesAll;

    internal void EndConstruction()
    {
        _initial = [.. _declaring!];
        _declaring = null;
    }

    protected sealed override bool Receive(object message) => Handle(_initial, message);

    protected void Receive<T>(Action<T> handler, Predicate<T>? shouldHandle = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Declare<T>(shouldHandle, message =>
        {
            handler(message);
            return true;
        });
        _catchesAll |= typeof(T) == typeof(object) && shouldHandle is null;
    }

    protected void Receive<T>(Predicate<T> shouldHandle, Action<T> handler) => Receive(handler, shouldHandle);

    /// <param name="handler">Returns whether it handled the message; if not, later handlers are tried.</param>
    protected void Receive<T>(Func<T, bool> handler) => Declare(null, handler);

    /// <summary>No other user message is handled until the task has ended, not even between awaits. Sender and
    /// Context stay valid after awaits (without ConfigureAwait(false)); an exception goes to the supervisor.
    /// </summary>
    protected void ReceiveAsync<T>(Func<T, Task> handler, Predicate<T>? shouldHandle = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Receive<T>(message => Own.RunTask(() => handler(message)), shouldHandle);
    }

    protected void ReceiveAsync<T>(Predicate<T> shouldHandle, Func<T, Task> handler) =>
        ReceiveAsync(handler, shouldHandle);

    protected void ReceiveAny(Action<object> handler) => Receive(handler);

    protected void ReceiveAnyAsync(Func<object, Task> handler) => ReceiveAsync(handler);

    /// <summary>Replaces the handlers by those that the function declares.</summary>
    protected void Become(Action configure) => Own.Become(Configure(configure));

    /// <summary>The same, until <see cref="ActorBase.UnbecomeStacked"/>.</summary>
    protected void BecomeStacked(Action configure) => Own.BecomeStacked(Configure(configure));

    private Receive Configure(Action configure)
    {
        var (outer, outerCatchesAll) = (_declaring, _catchesAll);
        (_declaring, _catchesAll) = ([], false);
        try
        {
            configure();
            Receive[] handlers = [.. _declaring];
            return message => Handle(handlers, message);
        }
        finally
        {
            (_declaring, _catchesAll) = (outer, outerCatchesAll);
        }
    }

    private static bool Handle(Receive[] handlers, object message)
    {
        foreach (var handler in handlers)
        {
            if (handler(message))
            {
                return true;
            }
        }

        return false;
    }

    private void Declare<T>(Predicate<T>? shouldHandle, Func<T, bool> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        var declaring = _declaring ?? throw new InvalidOperationException(
            "Handlers can be declared only in the constructor or in a function given to Become.");
        if (_catchesAll)
        {
            throw new InvalidOperationException(
                "A handler that catches all messages was declared before; this one would never be called.");
        }

        declaring.Add(message =>
            message is T typed && (shouldHandle is null || shouldHandle(typed)) && handler(typed));
    }
}
