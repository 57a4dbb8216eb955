using DklActors.ActorKernel.TestKit.Actors;
using DklActors.ActorKernel.TestKit.Tests.Kit;

namespace DklActors.ActorKernel.TestKit.Tests.Probes;

public sealed class Conditions
{
    [Theory]
    [EveryMode]
    public void A_condition_that_comes_true_is_waited_for(Mode mode)
    {
        using var kit = new SomeKit(mode);
        kit.TestActor.Tell(1);
        kit.AwaitCondition(() => kit.HasMessages);
    }

    [Theory]
    [EveryMode]
    public void A_condition_that_stays_false_fails_in_its_own_words(Mode mode)
    {
        using var kit = new SomeKit(mode);
        kit.Hurried = true;
        kit.Invoking(k => k.AwaitCondition(() => false, message: "pigs fly")).ShouldFail(
            "Expected that pigs fly within 0.02 s, but it never did.*");
    }

    [Theory]
    [EveryMode]
    public void An_assertion_is_tried_until_it_holds(Mode mode)
    {
        using var kit = new SomeKit(mode);
        kit.TestActor.Tell(1);
        kit.AwaitAssert(() => kit.HasMessages.Should().BeTrue());
    }

    [Theory]
    [EveryMode]
    public void An_assertion_that_never_holds_is_the_cause(Mode mode)
    {
        using var kit = new SomeKit(mode);
        kit.Hurried = true;
        var cause = new InvalidTimeZoneException("no time");
        kit.Invoking(k => k.AwaitAssert(() => throw cause)).Should()
            .Throw<TestKit.Assertions.ExpectationFailedException>()
            .WithMessage("An assertion still fails after 0.02 s: no time*").Which.InnerException.Should().Be(cause);
    }

    [Theory]
    [EveryMode]
    public void A_question_is_answered_while_the_test_waits_for_the_result(Mode mode)
    {
        using var kit = new SomeKit(mode);
        var echo = kit.Sys.ActorOf(EchoActor.Props);
        kit.ResultOf(echo.Ask<string>("hello")).Should().Be("hello");
    }

    [Theory]
    [EveryMode]
    public void A_result_that_does_not_come_fails_and_a_failure_is_thrown_as_it_is(Mode mode)
    {
        using var kit = new SomeKit(mode);
        kit.Hurried = true;
        kit.Invoking(k => k.ResultOf(new TaskCompletionSource<int>().Task)).ShouldFail(
            "Expected that the task has ended *");
        kit.Invoking(k => k.ResultOf(Task.FromException<int>(new InvalidTimeZoneException()))).Should()
            .Throw<InvalidTimeZoneException>();
    }
}
