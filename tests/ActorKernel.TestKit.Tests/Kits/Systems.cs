using DklActors.ActorKernel.TestKit.Actors;
using DklActors.ActorKernel.TestKit.Probes;
using DklActors.ActorKernel.TestKit.Tests.Kit;

namespace DklActors.ActorKernel.TestKit.Tests.Kits;

public sealed class Systems
{
    [Theory]
    [EveryMode]
    public void A_kit_ends_its_system(Mode mode)
    {
        var kit = new SomeKit(mode);
        var system = kit.Sys;
        system.ActorOf(EchoActor.Props);
        kit.Dispose();
        system.WhenTerminated.IsCompleted.Should().BeTrue();
    }

    [Fact]
    public void A_system_that_does_not_end_fails_the_test()
    {
        using var release = new ManualResetEventSlim();
        using var kit = new SomeKit(Mode.RealTime);
        kit.TestActor.Tell(new InActor(_ => release.Wait(SomeKit.Long)));
        kit.Invoking(k => k.Shutdown(SomeKit.Short)).ShouldFail("The actor system test did not end within 0.02 s*");
        release.Set();
    }

    [Fact]
    public void A_probe_without_a_kit_waits_in_real_time()
    {
        using var kit = new SomeKit(Mode.RealTime);
        var probe = new TestProbe(kit.Sys, "lonely");
        probe.Ref.Tell("hello");
        probe.ExpectMsg("hello", SomeKit.Long);
        probe.ToString().Should().Be("TestProbe(akka://test/user/lonely)");
    }

    [Theory]
    [EveryMode]
    public void The_last_messages_are_told_and_long_ones_are_cut(Mode mode)
    {
        using var kit = new SomeKit(mode);
        for (var number = 0; number < 15; number++)
        {
            kit.TestActor.Tell(number);
        }

        kit.TestActor.Tell(new string('x', 1000));
        kit.ReceiveN(15);
        var failure = kit.Invoking(k => k.ExpectMsg("y")).Should()
            .Throw<TestKit.Assertions.ExpectationFailedException>().Which.Message;
        failure.Should().Contain("<6> (Int32)").And.NotContain("<5> (Int32)").And.Contain("xxx…\"");
        failure.Length.Should().BeLessThan(1500);
    }
}
