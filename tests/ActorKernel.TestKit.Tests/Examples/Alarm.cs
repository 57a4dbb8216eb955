namespace DklActors.ActorKernel.TestKit.Tests.Examples;

internal sealed class Alarm : ReceiveActor, IWithTimers
{
    private readonly TimeSpan _after;

    public Alarm(IActorRef listener, TimeSpan after)
    {
        _after = after;
        ReceiveAny(message => listener.Tell(message));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Timers.StartSingleTimer("alarm", "ring", _after);
}
