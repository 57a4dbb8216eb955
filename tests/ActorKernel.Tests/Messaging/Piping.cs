using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.Messaging;

public sealed class Piping : ActorTest
{
    [Fact]
    public async Task The_result_arrives_as_a_message_from_the_sender_given()
    {
        var (probe, sender) = (NewProbe(), NewProbe());
        var source = new TaskCompletionSource<int>();
        _ = source.Task.PipeTo(probe.Ref, sender.Ref);
        source.SetResult(7);
        await probe.ExpectAsync(7);
        probe.LastSender.Should().Be(sender.Ref);
    }

    [Fact]
    public async Task A_failure_arrives_as_a_status()
    {
        var probe = NewProbe();
        var cause = Boom();
        await Task.FromException<int>(cause).PipeTo(probe.Ref);
        (await probe.ExpectAsync<Status.Failure>()).Cause.Should().BeSameAs(cause);
    }

    [Fact]
    public async Task A_cancellation_arrives_as_a_status()
    {
        var probe = NewProbe();
        await Task.FromCanceled<int>(new CancellationToken(canceled: true)).PipeTo(probe.Ref);
        (await probe.ExpectAsync<Status.Failure>()).Cause.Should().BeOfType<TaskCanceledException>();
    }

    [Fact]
    public async Task Success_and_failure_can_be_made_into_other_messages()
    {
        var probe = NewProbe();
        await Task.FromResult(7).PipeTo(probe.Ref, success: n => $"got {n}");
        await Task.FromException<int>(Boom()).PipeTo(probe.Ref, failure: e => $"lost: {e.Message}");
        await probe.ExpectAsync("got 7", "lost: boom");
    }

    [Fact]
    public async Task A_task_without_result_says_nothing_unless_told_what()
    {
        var probe = NewProbe();
        await Task.CompletedTask.PipeTo(probe.Ref);
        await Task.CompletedTask.PipeTo(probe.Ref, success: () => "done");
        await probe.ExpectAsync("done");
    }
}
