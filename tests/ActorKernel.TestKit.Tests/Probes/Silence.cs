using DklActors.ActorKernel.TestKit.Tests.Examples;
using DklActors.ActorKernel.TestKit.Tests.Kit;

namespace DklActors.ActorKernel.TestKit.Tests.Probes;

public sealed class Silence
{
    [Theory]
    [EveryMode]
    public void Silence_is_kept_for_the_default_and_for_the_time_given(Mode mode)
    {
        using var kit = new SomeKit(mode);
        kit.ExpectNoMsg();
        kit.ExpectNoMsg(SomeKit.Short);
    }

    [Theory]
    [EveryMode]
    public void A_message_breaks_it_and_can_still_be_taken(Mode mode)
    {
        using var kit = new SomeKit(mode);
        kit.TestActor.Tell("hush");
        kit.PeekOne();
        kit.Invoking(k => k.ExpectNoMsg()).ShouldFail("Expected no message within 0.02 s, but \"hush\" came after *");
        kit.ExpectMsg("hush");
    }

    [Theory]
    [InlineData(Mode.StandingTime)]
    [InlineData(Mode.VirtualTime)]
    public void On_a_clock_of_its_own_an_hour_passes_at_once_and_to_the_tick(Mode mode)
    {
        if (!SomeKit.Modes.Contains(mode))
        {
            return;
        }

        using var kit = new SomeKit(mode);
        var hour = TimeSpan.FromHours(1);
        kit.Sys.ActorOf(Props.Create(() => new Alarm(kit.TestActor, hour)));
        kit.ExpectNoMsg(hour - TimeSpan.FromTicks(1));
        kit.Invoking(k => k.ExpectNoMsg(hour)).ShouldFail("*within 01:00:00, but \"ring\" came after 0.0000001 s.*");
    }

    [Theory]
    [EveryMode]
    public void What_two_actors_pass_on_breaks_it_too(Mode mode)
    {
        if (mode == Mode.RealTime)
        {
            return; // The wall's clock proves nothing about what is still under way.
        }

        using var kit = new SomeKit(mode);
        var end = kit.Sys.ActorOf(TestKit.Actors.ForwardActor.Props(kit.TestActor));
        var begin = kit.Sys.ActorOf(TestKit.Actors.ForwardActor.Props(end));
        begin.Tell("on its way");
        kit.Invoking(k => k.ExpectNoMsg()).ShouldFail("*\"on its way\" came*");
    }
}
