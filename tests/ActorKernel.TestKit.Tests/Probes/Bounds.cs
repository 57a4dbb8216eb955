using DklActors.ActorKernel.TestKit.Tests.Kit;

namespace DklActors.ActorKernel.TestKit.Tests.Probes;

public sealed class Bounds
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [EveryMode]
    public void A_block_within_its_bounds_gives_its_result(Mode mode)
    {
        using var kit = new SomeKit(mode);
        kit.TestActor.Tell(7);
        kit.Within(SomeKit.Long, () => kit.ExpectMsg<int>()).Should().Be(7);
        kit.Within(SomeKit.Short, SomeKit.Long, () => kit.ExpectNoMsg(SomeKit.Short));
    }

    [Theory]
    [EveryMode]
    public void A_block_that_is_too_short_fails(Mode mode)
    {
        using var kit = new SomeKit(mode);
        kit.Invoking(k => k.Within(TimeSpan.FromHours(1), TimeSpan.FromHours(2), () => { })).ShouldFail(
            "The block took *, but should have taken at least 01:00:00.*");
    }

    [Theory]
    [EveryMode]
    public void A_block_that_is_too_long_fails(Mode mode)
    {
        using var kit = new SomeKit(mode);
        var probe = kit.CreateTestProbe();
        kit.Invoking(k => k.Within(SomeKit.Short / 2, () => probe.ExpectNoMsg(SomeKit.Short))).ShouldFail(
            "The block took *, but should have ended within 0.01 s.*");
    }

    [Theory]
    [EveryMode]
    public void Waits_inside_end_with_the_block(Mode mode)
    {
        using var kit = new SomeKit(mode);
        kit.Within(Second, () => kit.Remaining).Should().BePositive().And.BeLessThanOrEqualTo(Second);
        kit.Within(SomeKit.Short, () => kit.ExpectNoMsg(Second));
        kit.Within(SomeKit.Short, () => kit.ExpectNoMsg());
        kit.Hurried = true;
        kit.Invoking(k => k.Within(SomeKit.Short, () => k.ExpectMsg<int>(Second))).ShouldFail(
            "Expected a message of type Int32 within *, but no message came.*");
    }

    [Theory]
    [EveryMode]
    public void A_block_inside_a_block_has_no_more_time_than_is_left(Mode mode)
    {
        using var kit = new SomeKit(mode);
        kit.Within(Second, () => kit.Within(SomeKit.Long, () => kit.Remaining)).Should().BeLessThanOrEqualTo(Second);
        kit.Invoking(k => k.Within(Second, () => k.Within(2 * Second, 3 * Second, () => { }))).ShouldFail(
            "A block must take at least 2 s, but only * are left.*");
        kit.RemainingOrDefault.Should().Be(SomeKit.Long, "the blocks are over");
    }

    [Theory]
    [EveryMode]
    public void Outside_of_a_block_nothing_remains(Mode mode)
    {
        using var kit = new SomeKit(mode);
        kit.Invoking(k => k.Remaining).Should().Throw<InvalidOperationException>().WithMessage("*inside of Within*");
    }

    [Fact]
    public void Between_blocks_the_clock_of_a_test_may_move()
    {
        using var kit = new SomeKit(Mode.StandingTime);
        kit.Invoking(k => k.Within(Second, () => k.Clock.Advance(2 * Second))).ShouldFail(
            "The block took 2 s, but should have ended within 1 s.*");
        kit.Within(Second, Second, () => kit.Clock.Advance(Second));
    }
}
