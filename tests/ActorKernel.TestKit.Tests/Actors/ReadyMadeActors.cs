using DklActors.ActorKernel.TestKit.Actors;
using DklActors.ActorKernel.TestKit.Tests.Kit;

namespace DklActors.ActorKernel.TestKit.Tests.Actors;

public sealed class ReadyMadeActors
{
    [Theory]
    [EveryMode]
    public void An_echo_sends_back_and_a_failing_actor_throws_or_sends_back(Mode mode)
    {
        using var kit = new SomeKit(mode);
        var probe = kit.CreateTestProbe();
        probe.Send(kit.Sys.ActorOf(EchoActor.Props), "hello");
        probe.ExpectMsg("hello");
        var fragile = kit.Sys.ActorOf(FailingActor.Props);
        kit.EventFilter.Exception<InvalidTimeZoneException>().ExpectOne(
            () => probe.Send(fragile, new InvalidTimeZoneException()));
        probe.Send(fragile, "still there");
        probe.ExpectMsg("still there");
    }

    [Theory]
    [EveryMode]
    public void A_forwarder_keeps_the_sender(Mode mode)
    {
        using var kit = new SomeKit(mode);
        var (sender, target) = (kit.CreateTestProbe(), kit.CreateTestProbe());
        sender.Send(kit.Sys.ActorOf(ForwardActor.Props(target.Ref)), "hello");
        target.ExpectMsg("hello");
        target.LastSender.Should().Be(sender.Ref);
    }

    [Theory]
    [EveryMode]
    public void A_black_hole_says_nothing_not_even_that_it_handles_nothing(Mode mode)
    {
        using var kit = new SomeKit(mode);
        kit.Sys.EventStream.Subscribe(kit.TestActor, typeof(UnhandledMessage));
        kit.Sys.ActorOf(BlackHoleActor.Props).Tell("hello", kit.TestActor);
        kit.ExpectNoMsg();
    }
}
