namespace DklActors.ActorKernel.Tests.Kit;

/// <summary>Awaits each task that it is sent and tells its observer where it is; escalates its children's failures.
/// </summary>
internal sealed class Awaiting : ReceiveActor
{
    private readonly IActorRef _events;

    public Awaiting(IActorRef events)
    {
        _events = events;
        ReceiveAsync<Task>(AwaitAsync);
        Receive<string>(message => message == "child", _ => Sender.Tell(Context.ActorOf(Props.Create(
            () => new Puppet(events, new PuppetTraits())))));
        ReceiveAny(message => events.Tell(message));
    }

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Escalate);

    protected override void PreRestart(Exception reason, object? message) =>
        _events.Tell($"restart: {reason.Message} on a {(message is Task ? "task" : "nothing")}");

    private async Task AwaitAsync(Task gate)
    {
        _events.Tell("begin");
        try
        {
            await gate;
            await Task.Yield();
            Sender.Tell($"{Self.Path} {Context.Self.Path} to {Sender.Path}");
            _events.Tell("end");
        }
        finally
        {
            if (Record.Exception(() => Context) is not null)
            {
                _events.Tell("cleaned up outside", ActorRefs.NoSender);
            }
        }
    }
}
