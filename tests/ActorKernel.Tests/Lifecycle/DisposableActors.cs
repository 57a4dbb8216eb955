using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.Lifecycle;

public sealed class DisposableActors : ActorTest
{
    [Fact]
    public async Task A_restart_and_a_stop_dispose_of_the_incarnation_after_its_last_hook()
    {
        var events = NewProbe();
        var actor = Sys.ActorOf(Props.Create(() => new Holding(events.Ref)));
        actor.Tell(Boom());
        await events.ExpectAsync("PreRestart", "disposed", "PostRestart");
        Sys.Stop(actor);
        await events.ExpectAsync("PostStop", "disposed");
    }

    private sealed class Holding(IActorRef events) : UntypedActor, IDisposable
    {
        public void Dispose() => events.Tell("disposed", ActorRefs.NoSender);

        protected override void OnReceive(object message) => throw (Exception)message;

        protected override void PreRestart(Exception reason, object? message) => events.Tell("PreRestart");

        protected override void PostRestart(Exception reason) => events.Tell("PostRestart");

        protected override void PostStop() => events.Tell("PostStop");
    }
}
