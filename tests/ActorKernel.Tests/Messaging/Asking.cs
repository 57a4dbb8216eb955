using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.Messaging;

public sealed class Asking : ActorTest
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task The_reply_completes_the_task()
    {
        var echo = Sys.ActorOf(Props.Create<Echo>());
        (await echo.Ask<string>("hello", Limit).WaitAsync(Patience)).Should().Be("hello");
    }

    [Fact]
    public async Task No_reply_in_time_fails_with_a_timeout()
    {
        var silent = NewProbe();
        var reply = silent.Ref.Ask<string>("hello", Limit);
        await silent.ExpectAsync("hello");
        Clock.Advance(Limit - TimeSpan.FromTicks(1));
        reply.IsCompleted.Should().BeFalse();
        Clock.Advance(TimeSpan.FromTicks(1));
        await FluentActions.Awaiting(() => reply.WaitAsync(Patience)).Should().ThrowAsync<AskTimeoutException>();
    }

    [Fact]
    public async Task A_reply_after_the_timeout_is_a_dead_letter()
    {
        var (slow, letters) = (NewProbe(), NewProbe());
        Sys.EventStream.Subscribe(letters.Ref, typeof(DeadLetter));
        var reply = slow.Ref.Ask<string>("hello", Limit);
        await slow.ExpectAsync("hello");
        Clock.Advance(Limit);
        await FluentActions.Awaiting(() => reply.WaitAsync(Patience)).Should().ThrowAsync<AskTimeoutException>();
        slow.LastSender.Tell("too late");
        (await letters.ExpectAsync<DeadLetter>()).Message.Should().Be("too late");
    }

    [Fact]
    public async Task A_failure_as_reply_fails_the_task_with_its_cause()
    {
        var echo = Sys.ActorOf(Props.Create<Echo>());
        var cause = Boom();
        var thrown = await Record.ExceptionAsync(
            () => echo.Ask<string>(new Status.Failure(cause), Limit).WaitAsync(Patience));
        thrown.Should().BeSameAs(cause);
    }

    [Fact]
    public async Task A_reply_of_another_type_fails_the_task()
    {
        var echo = Sys.ActorOf(Props.Create<Echo>());
        await FluentActions.Awaiting(() => echo.Ask<int>("text", Limit).WaitAsync(Patience))
            .Should().ThrowAsync<ArgumentException>().WithMessage("*System.String*System.Int32*");
    }

    [Fact]
    public async Task A_cancelled_token_cancels_the_task()
    {
        using var cancellation = new CancellationTokenSource();
        var reply = NewProbe().Ref.Ask<string>("hello", Limit, cancellation.Token);
        await cancellation.CancelAsync();
        await FluentActions.Awaiting(() => reply.WaitAsync(Patience)).Should().ThrowAsync<TaskCanceledException>();
    }

    [Fact]
    public async Task Nobody_cannot_be_asked() =>
        await FluentActions.Awaiting(() => ActorRefs.Nobody.Ask<string>("hello", Limit)).Should()
            .ThrowAsync<NotSupportedException>();

    [Fact]
    public async Task A_failure_as_reply_fails_the_task_that_takes_any_reply_too()
    {
        var echo = Sys.ActorOf(Props.Create<Echo>());
        var cause = Boom();
        var failure = new Status.Failure(cause);
        (await Record.ExceptionAsync(() => echo.Ask(failure, Limit).WaitAsync(Patience))).Should().BeSameAs(cause);
        (await echo.Ask<Status>(failure, Limit).WaitAsync(Patience)).Should().BeSameAs(failure);
    }

    private sealed class Echo : ReceiveActor
    {
        public Echo() => ReceiveAny(message => Sender.Tell(message));
    }
}
