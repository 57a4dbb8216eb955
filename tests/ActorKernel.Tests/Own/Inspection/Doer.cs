namespace DklActors.ActorKernel.Tests.Own.Inspection;

/// <summary>Does what its messages say, in its own context; answers "done?" with "done"; handles nothing else.
/// </summary>
internal sealed class Doer : ReceiveActor
{
    private readonly Hooks _hooks;

    public Doer(Hooks hooks)
    {
        _hooks = hooks;
        hooks.Constructing?.Invoke();
        Receive<Action>(act => act());
        Receive<Action<IActorContext>>(act => act(Context));
        ReceiveAsync<Func<Task>>(act => act());
        Receive<string>(message => message == "done?", _ => Sender.Tell("done"));
    }

    public static Props Props(Hooks? hooks = null)
    {
        var given = hooks ?? new Hooks();
        return ActorKernel.Props.Create(() => new Doer(given));
    }

    protected override void PostStop() => _hooks.Stopping?.Invoke();

    protected override SupervisorStrategy SupervisorStrategy() =>
        new OneForOneStrategy(_hooks.Decide ?? (_ => Directive.Restart));
}

internal sealed record Hooks
{
    public Action? Constructing { get; init; }

    public Action? Stopping { get; init; }

    public Func<Exception, Directive>? Decide { get; init; }
}
