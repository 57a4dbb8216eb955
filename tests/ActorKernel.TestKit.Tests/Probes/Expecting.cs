using DklActors.ActorKernel.TestKit.Tests.Kit;

namespace DklActors.ActorKernel.TestKit.Tests.Probes;

public sealed class Expecting
{
    [Theory]
    [EveryMode]
    public void A_message_of_the_type_is_the_result(Mode mode)
    {
        using var kit = new SomeKit(mode);
        kit.TestActor.Tell("hello");
        kit.ExpectMsg<string>().Should().Be("hello");
        kit.LastMessage.Should().Be("hello");
    }

    [Theory]
    [EveryMode]
    public void A_message_of_another_type_fails_and_is_told(Mode mode)
    {
        using var kit = new SomeKit(mode);
        kit.TestActor.Tell("first");
        kit.TestActor.Tell(7);
        kit.ExpectMsg<string>();
        kit.Invoking(k => k.ExpectMsg<string>(hint: "the second word")).ShouldFail(
            "Expected a message of type String within 30 s, but <7> (Int32) came: the second word.*"
            + "/user/testActor received last:*\"first\" from*<7> (Int32) from*");
    }

    [Theory]
    [EveryMode]
    public void No_message_fails_and_says_so(Mode mode)
    {
        using var kit = new SomeKit(mode);
        kit.Hurried = true;
        kit.Invoking(k => k.ExpectMsg<string>()).ShouldFail(
            "Expected a message of type String within 0.02 s, but no message came.*received nothing.");
    }

    [Theory]
    [EveryMode]
    public void A_message_must_equal_the_one_given(Mode mode)
    {
        using var kit = new SomeKit(mode);
        kit.TestActor.Tell((1, "a"));
        kit.TestActor.Tell((1, "b"));
        kit.ExpectMsg((1, "a"));
        kit.Invoking(k => k.ExpectMsg((1, "a"))).ShouldFail("Expected *(1, a)*, but *(1, b)* came.*");
    }

    [Theory]
    [EveryMode]
    public void A_message_must_satisfy_the_predicate(Mode mode)
    {
        using var kit = new SomeKit(mode);
        kit.TestActor.Tell(4);
        kit.TestActor.Tell(5);
        kit.ExpectMsg<int>(number => number % 2 == 0).Should().Be(4);
        kit.Invoking(k => k.ExpectMsg<int>(number => number % 2 == 0)).ShouldFail(
            "Expected a message of type Int32 that satisfies the predicate*, but <5> (Int32) came.*");
    }

    [Theory]
    [EveryMode]
    public void What_an_assertion_about_a_message_throws_goes_through(Mode mode)
    {
        using var kit = new SomeKit(mode);
        kit.TestActor.Tell(4);
        kit.TestActor.Tell(4);
        kit.ExpectMsg<int>(number => { number.Should().Be(4); }).Should().Be(4);
        kit.Invoking(k => k.ExpectMsg<int>(number => { throw new InvalidTimeZoneException($"{number}"); }))
            .Should().Throw<InvalidTimeZoneException>().WithMessage("4");
    }

    [Theory]
    [EveryMode]
    public void A_message_must_be_one_of_several(Mode mode)
    {
        using var kit = new SomeKit(mode);
        kit.TestActor.Tell("b");
        kit.TestActor.Tell("c");
        kit.ExpectMsgAnyOf("a", "b").Should().Be("b");
        kit.Invoking(k => k.ExpectMsgAnyOf("a", "b")).ShouldFail("Expected one of *\"a\", \"b\"*, but \"c\" came.*");
    }

    [Theory]
    [EveryMode]
    public void Several_messages_may_come_in_any_order(Mode mode)
    {
        using var kit = new SomeKit(mode);
        foreach (var message in (int[])[2, 1, 2, 3, 9])
        {
            kit.TestActor.Tell(message);
        }

        kit.ExpectMsgAllOf(1, 2, 2).Should().Equal(2, 1, 2);
        kit.Invoking(k => k.ExpectMsgAllOf(SomeKit.Long, [3, 4])).ShouldFail(
            "Expected all of *<3>*<4>* within 30 s, but <9> (Int32) came while *<4> (Int32)* was missing.*");
    }

    [Theory]
    [EveryMode]
    public void One_of_several_that_is_missing_is_named(Mode mode)
    {
        using var kit = new SomeKit(mode);
        kit.TestActor.Tell("a");
        kit.PeekOne();
        kit.Hurried = true;
        kit.Invoking(k => k.ExpectMsgAllOf("a", "b", "c")).ShouldFail(
            "*but no further message came while *\"b\", \"c\"* were missing.*");
    }
}
