using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.Systems;

public sealed class Termination : ActorTest
{
    private protected override Needs Needs => new()
    {
        PhaseTimeouts = new Dictionary<string, TimeSpan>
        {
            [CoordinatedShutdown.PhaseServiceStop] = TimeSpan.FromSeconds(1),
        },
    };

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
    public async Task Phases_run_in_order_before_the_actors_stop()
    {
        var order = new List<string>();
        Sys.ActorOf(Puppet.Props(NewProbe(), new PuppetTraits { OnPostStop = () => order.Add("actor stopped") }));
        var shutdown = CoordinatedShutdown.Get(Sys);
        shutdown.AddTask(CoordinatedShutdown.PhaseBeforeActorSystemTerminate, "last", Note("last"));
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "middle", Note("middle"));
        shutdown.AddTask(CoordinatedShutdown.PhaseBeforeServiceUnbind, "first", Note("first"));

        await shutdown.Run(CoordinatedShutdown.ClrExitReason.Instance).WaitAsync(Patience);

        order.Should().Equal("first", "middle", "last", "actor stopped");
        shutdown.ShutdownReason.Should().Be(CoordinatedShutdown.ClrExitReason.Instance);

        Func<Task<Done>> Note(string what) => () =>
        {
            order.Add(what);
            return Task.FromResult(Done.Instance);
        };
    }

    [Fact]
    public async Task A_task_that_fails_or_hangs_does_not_stop_the_shutdown()
    {
        var begun = new TaskCompletionSource();
        var shutdown = CoordinatedShutdown.Get(Sys);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "fails", () => throw Boom());
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "hangs", async () =>
        {
            begun.SetResult();
            await new TaskCompletionSource().Task;
            return Done.Instance;
        });
        var run = shutdown.Run(CoordinatedShutdown.UnknownReason.Instance);
        await begun.Task.WaitAsync(Patience);

        // The limit may not be set yet when the clock first moves, so it moves until the shutdown has ended.
        while (!run.IsCompleted)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await Sys.WhenTerminated.WaitAsync(Patience);
    }

    [Fact]
    public void An_unknown_phase_is_refused_by_name() =>
        FluentActions.Invoking(() => CoordinatedShutdown.Get(Sys).AddTask(
            "dance", "waltz", () => Task.FromResult(Done.Instance))).Should()
            .Throw<ConfigurationException>().WithMessage("*dance*before-service-unbind*");

    [Fact]
    public async Task Running_twice_is_running_once()
    {
        var runs = 0;
        CoordinatedShutdown.Get(Sys).AddTask(CoordinatedShutdown.PhaseServiceStop, "count", () =>
        {
            runs++;
            return Task.FromResult(Done.Instance);
        });
        await Task.WhenAll(Sys.Terminate(), Sys.Terminate()).WaitAsync(Patience);
        runs.Should().Be(1);
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
