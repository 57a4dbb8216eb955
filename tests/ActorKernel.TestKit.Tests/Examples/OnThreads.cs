using DklActors.ActorKernel.TestKit.Actors;
using DklActors.ActorKernel.TestKit.Kits;

namespace DklActors.ActorKernel.TestKit.Tests.Examples;

/// <summary>The blocks of the test kit's README, as tests.</summary>
public sealed class OnThreads : TestKitBase
{
    public override TestKitSettings TestKitSettings => new() { DefaultTimeout = TimeSpan.FromSeconds(30) };

    [Fact]
    public void Expect_messages()
    {
        var counter = Sys.ActorOf(Props.Create(() => new Counter()));
        var probe = CreateTestProbe();
        probe.Send(counter, "count");
        probe.Send(counter, "count");
        probe.ExpectMsg(1);
        probe.ExpectMsg<int>(count => count > 1);
        probe.ExpectNoMsg();
    }

    [Fact]
    public void Take_many_or_the_one_that_matters()
    {
        var probe = CreateTestProbe();
        foreach (var message in (object[])["order", "any", 1, 2, "a", "b", 3, 11])
        {
            probe.Ref.Tell(message);
        }

        probe.ExpectMsgAllOf("any", "order");
        probe.ReceiveN(2).Should().Equal(1, 2);
        probe.ReceiveWhile(message => message as string).Should().Equal("a", "b");
        probe.FishForMessage<int>(number => number > 10).Should().Be(11);
    }

    [Fact]
    public void Answer_for_an_actor()
    {
        var (asker, probe) = (CreateTestProbe(), CreateTestProbe());
        asker.Send(probe.Ref, "question");
        probe.ExpectMsg("question");
        probe.Reply("answer");
        asker.ExpectMsg("answer");
    }

    [Fact]
    public void Watch_an_end()
    {
        var mortal = Sys.ActorOf(EchoActor.Props);
        Watch(mortal);
        Sys.Stop(mortal);
        ExpectTerminated(mortal);
    }

    [Fact]
    public void Wait_for_anything()
    {
        var echo = Sys.ActorOf(EchoActor.Props);
        TestActor.Tell("now");
        AwaitCondition(() => HasMessages);
        AwaitAssert(() => PeekOne().Should().Be("now"));
        ResultOf(echo.Ask<string>("hello")).Should().Be("hello");
    }

    [Fact]
    public void Expect_what_is_logged()
    {
        var fragile = Sys.ActorOf(FailingActor.Props);
        EventFilter.Exception<InvalidOperationException>(contains: "fuse").ExpectOne(
            () => fragile.Tell(new InvalidOperationException("the fuse is blown")));
        EventFilter.DeadLetter<string>().ExpectOne(() => Sys.DeadLetters.Tell("lost", ActorRefs.NoSender));
    }
}
