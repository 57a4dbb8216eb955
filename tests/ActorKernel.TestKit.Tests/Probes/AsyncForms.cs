using DklActors.ActorKernel.TestKit.Actors;
using DklActors.ActorKernel.TestKit.Tests.Kit;

namespace DklActors.ActorKernel.TestKit.Tests.Probes;

public sealed class AsyncForms
{
    [Theory]
    [EveryMode]
    public async Task They_give_what_the_blocking_forms_give(Mode mode)
    {
        using var kit = new SomeKit(mode);
        for (var number = 1; number <= 11; number++)
        {
            kit.TestActor.Tell(number);
        }

        (await kit.ExpectMsgAsync<int>()).Should().Be(1);
        (await kit.ExpectMsgAsync(2)).Should().Be(2);
        (await kit.ExpectMsgAsync<int>(number => number == 3)).Should().Be(3);
        (await kit.ExpectMsgAsync<int>(number => { number.Should().Be(4); })).Should().Be(4);
        (await kit.ExpectMsgAnyOfAsync([5, 6])).Should().Be(5);
        (await kit.ExpectMsgAllOfAsync([7, 6])).Should().Equal(6, 7);
        (await kit.PeekOneAsync()).Should().Be(8);
        (await kit.ReceiveOneAsync()).Should().Be(8);
        (await kit.ReceiveNAsync(1)).Should().Equal(9);
        (await kit.FishForMessageAsync<int>(number => number == 10)).Should().Be(10);
        (await kit.WithinAsync(SomeKit.Long, async () => await kit.FishForMessageAsync(_ => true))).Should().Be(11);
        (await kit.ReceiveWhileAsync(message => message as string, SomeKit.Short)).Should().BeEmpty();
        await kit.ExpectNoMsgAsync();
        await kit.ExpectNoMsgAsync(SomeKit.Short);
    }

    [Theory]
    [EveryMode]
    public async Task They_fail_as_the_blocking_forms_fail(Mode mode)
    {
        using var kit = new SomeKit(mode);
        kit.Hurried = true;
        await kit.Awaiting(k => k.ExpectMsgAsync<int>().AsTask()).ShouldFailAsync("*type Int32*no message came*");
        await kit.Awaiting(k => k.ExpectMsgAsync(1).AsTask()).ShouldFailAsync("*<1>*no message came*");
        await kit.Awaiting(k => k.ReceiveNAsync(1).AsTask()).ShouldFailAsync("*1 messages*only 0 came*");
        await kit.Awaiting(k => k.AwaitConditionAsync(() => false)).ShouldFailAsync("*never did*");
        await kit.Awaiting(k => k.AwaitAssertAsync(() => throw new InvalidTimeZoneException("x")))
            .ShouldFailAsync("*still fails*x*");
        await kit.Awaiting(k => k.WithinAsync(SomeKit.Long, SomeKit.Long * 2, () => Task.CompletedTask))
            .ShouldFailAsync("*at least 30 s*");
        kit.Hurried = false;
        kit.TestActor.Tell(1);
        await kit.PeekOneAsync();
        await kit.Awaiting(k => k.ExpectNoMsgAsync().AsTask()).ShouldFailAsync("*no message*<1> (Int32) came*");
    }

    [Theory]
    [EveryMode]
    public async Task They_watch_and_wait(Mode mode)
    {
        using var kit = new SomeKit(mode);
        var mortal = kit.Sys.ActorOf(EchoActor.Props);
        await kit.WatchAsync(mortal);
        await kit.UnwatchAsync(mortal);
        await kit.WatchAsync(mortal);
        kit.Sys.Stop(mortal);
        await kit.AwaitConditionAsync(() => kit.HasMessages);
        await kit.AwaitAssertAsync(() => kit.HasMessages.Should().BeTrue());
        await kit.ExpectTerminatedAsync(mortal);
    }

    [Theory]
    [EveryMode]
    public async Task They_can_be_cancelled(Mode mode)
    {
        using var kit = new SomeKit(mode);
        var cancelled = new CancellationToken(canceled: true);
        await kit.Awaiting(k => k.ExpectMsgAsync<int>(cancellationToken: cancelled).AsTask()).Should()
            .ThrowAsync<OperationCanceledException>();
        kit.Invoking(k => k.ReceiveOne(cancellationToken: cancelled)).Should().Throw<OperationCanceledException>();
    }

    [Fact]
    public async Task A_wait_that_is_already_running_can_be_cancelled()
    {
        using var kit = new SomeKit(Mode.RealTime);
        using var cancellation = new CancellationTokenSource();
        var waiting = kit.ExpectMsgAsync<int>(cancellationToken: cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await FluentActions.Awaiting(() => waiting).Should().ThrowAsync<OperationCanceledException>();
    }
}
