using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.Systems;

public sealed class Termination : ActorTest
{
    [Fact]
    public async Task Terminate_stops_all_actors_and_refuses_new_ones()
    {
        var stopped = new TaskCompletionSource();
        Sys.ActorOf(Puppet.Props(NewProbe(), new PuppetTraits { OnPostStop = stopped.SetResult }));
        await Sys.Terminate().WaitAsync(Patience);
        stopped.Task.IsCompleted.Should().BeTrue();
        Sys.WhenTerminated.IsCompletedSuccessfully.Should().BeTrue();
        FluentActions.Invoking(() => NewProbe()).Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public async Task A_failure_is_logged_as_an_error_with_its_cause_and_its_source()
    {
        var errors = NewProbe();
        Sys.EventStream.Subscribe(errors.Ref, typeof(Error));
        var failure = Boom();
        Sys.ActorOf(Puppet.Props(errors), "a").Tell(failure);
        var error = await errors.ExpectAsync<Error>();
        error.Cause.Should().BeSameAs(failure);
        error.LogSource.Should().Contain("akka://test/user/a");
    }
}
