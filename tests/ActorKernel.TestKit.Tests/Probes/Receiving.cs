using DklActors.ActorKernel.TestKit.Tests.Kit;

namespace DklActors.ActorKernel.TestKit.Tests.Probes;

public sealed class Receiving
{
    [Theory]
    [EveryMode]
    public void One_message_or_none(Mode mode)
    {
        using var kit = new SomeKit(mode);
        kit.TestActor.Tell("one");
        kit.PeekOne().Should().Be("one");
        kit.HasMessages.Should().BeTrue();
        kit.ReceiveOne().Should().Be("one");
        kit.HasMessages.Should().BeFalse();
        kit.ReceiveOne(TimeSpan.Zero).Should().BeNull();
        kit.PeekOne(TimeSpan.Zero).Should().BeNull();
    }

    [Theory]
    [EveryMode]
    public void So_many_messages_or_a_failure(Mode mode)
    {
        using var kit = new SomeKit(mode);
        Tell(kit, 1, 2, 3);
        kit.ReceiveN(2).Should().Equal(1, 2);
        kit.PeekOne();
        kit.Hurried = true;
        kit.Invoking(k => k.ReceiveN(2)).ShouldFail("Expected 2 messages within 0.02 s, but only 1 came.*");
    }

    [Theory]
    [EveryMode]
    public void Messages_while_the_filter_takes_them(Mode mode)
    {
        using var kit = new SomeKit(mode);
        Tell(kit, "a", "b", 3, "c");
        kit.ReceiveWhile(message => message as string).Should().Equal("a", "b");
        kit.ExpectMsg(3);
        kit.ReceiveWhile(message => message as string, msgs: 1).Should().Equal("c");
        kit.ReceiveWhile(message => message as string, idle: SomeKit.Short).Should().BeEmpty();
        kit.ReceiveWhile(message => message as string, max: SomeKit.Short).Should().BeEmpty();
    }

    [Theory]
    [EveryMode]
    public void Fishing_loses_what_comes_before(Mode mode)
    {
        using var kit = new SomeKit(mode);
        Tell(kit, "a", 1, 2, "b");
        kit.FishForMessage<int>(number => number == 2).Should().Be(2);
        kit.FishForMessage(message => message is "b").Should().Be("b");
    }

    [Theory]
    [EveryMode]
    public void Fishing_in_vain_says_how_many_came(Mode mode)
    {
        using var kit = new SomeKit(mode);
        Tell(kit, "a", 1);
        kit.AwaitCondition(() => kit.HasMessages);
        kit.Hurried = true;
        kit.Invoking(k => k.FishForMessage<int>(number => number == 2, hint: "a two")).ShouldFail(
            "Fished for a message of type Int32 within 0.02 s, but none of the * that came satisfies the predicate: "
            + "a two.*");
    }

    [Theory]
    [EveryMode]
    public void Ignored_messages_never_arrived(Mode mode)
    {
        using var kit = new SomeKit(mode);
        kit.IgnoreMessages<int>();
        Tell(kit, 1, "a");
        kit.ExpectMsg("a");
        kit.IgnoreNoMessages();
        Tell(kit, 2);
        kit.ExpectMsg(2);
        kit.IgnoreMessages(message => message is "b");
        Tell(kit, "b", "c");
        kit.ExpectMsg("c");
    }

    private static void Tell(SomeKit kit, params object[] messages)
    {
        foreach (var message in messages)
        {
            kit.TestActor.Tell(message);
        }
    }
}
