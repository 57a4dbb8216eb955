using DklActors.ActorKernel.TestKit.Actors;
using DklActors.ActorKernel.TestKit.Tests.Kit;

namespace DklActors.ActorKernel.TestKit.Tests.Probes;

public sealed class Conversations
{
    [Theory]
    [EveryMode]
    public void A_probe_asks_and_answers(Mode mode)
    {
        using var kit = new SomeKit(mode);
        var (asker, answerer) = (kit.CreateTestProbe("asker"), kit.CreateTestProbe("answerer"));
        asker.Send(answerer.Ref, "question");
        answerer.ExpectMsg("question");
        answerer.LastSender.Should().Be(asker.Ref);
        answerer.Reply("answer");
        asker.ExpectMsg("answer");
        asker.LastSender.Should().Be(answerer.Ref);
    }

    [Theory]
    [EveryMode]
    public void A_probe_passes_on_under_the_first_sender(Mode mode)
    {
        using var kit = new SomeKit(mode);
        var (asker, middle, target) = (kit.CreateTestProbe(), kit.CreateTestProbe(), kit.CreateTestProbe());
        asker.Send(middle.Ref, "question");
        middle.ExpectMsg<string>();
        middle.Forward(target.Ref);
        target.ExpectMsg("question");
        target.LastSender.Should().Be(asker.Ref);
        middle.Forward(target.Ref, "another");
        target.ExpectMsg("another");
        target.LastSender.Should().Be(asker.Ref);
    }

    [Theory]
    [EveryMode]
    public void Without_a_last_message_there_is_nothing_to_pass_on(Mode mode)
    {
        using var kit = new SomeKit(mode);
        var probe = kit.CreateTestProbe("deaf");
        probe.Invoking(p => p.Forward(kit.TestActor)).Should().Throw<InvalidOperationException>()
            .WithMessage("*/user/deaf has no last message*");
        probe.LastSender.Should().Be(ActorRefs.Nobody);
    }

    [Theory]
    [EveryMode]
    public void The_end_of_a_watched_actor_arrives(Mode mode)
    {
        using var kit = new SomeKit(mode);
        var (mortal, other) = (kit.Sys.ActorOf(EchoActor.Props, "mortal"), kit.Sys.ActorOf(EchoActor.Props, "other"));
        kit.Watch(mortal).Should().Be(mortal);
        kit.Watch(other);
        kit.Sys.Stop(mortal);
        kit.ExpectTerminated(mortal).ActorRef.Should().Be(mortal);
        kit.Sys.Stop(other);
        kit.Invoking(k => k.ExpectTerminated(mortal)).ShouldFail(
            "Expected the end of */user/mortal within *, but *other*");
    }

    [Theory]
    [EveryMode]
    public void The_end_of_an_actor_no_longer_watched_does_not_arrive(Mode mode)
    {
        using var kit = new SomeKit(mode);
        var witness = kit.CreateTestProbe();
        var mortal = kit.Sys.ActorOf(EchoActor.Props);
        kit.Watch(mortal);
        witness.Watch(mortal);
        kit.Unwatch(mortal);
        kit.Sys.Stop(mortal);
        witness.ExpectTerminated(mortal);
        kit.ExpectNoMsg();
    }
}
