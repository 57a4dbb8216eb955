using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.Systems;

public sealed class ShutdownInPhases : ActorTest
{
    private static readonly string[] InOrder =
    [
        "before-service-unbind", "service-unbind", "service-requests-done", "service-stop", "before-cluster-shutdown",
        "cluster-sharding-shutdown-region", "cluster-leave", "cluster-exiting", "cluster-exiting-done",
        "cluster-shutdown", "before-actor-system-terminate",
    ];

    private protected override Needs Needs => new()
    {
        PhaseTimeouts = new Dictionary<string, TimeSpan>
        {
            [CoordinatedShutdown.PhaseServiceStop] = TimeSpan.FromSeconds(1),
        },
    };

    [Fact]
    public async Task Phases_run_in_order_before_the_actors_stop()
    {
        var order = new List<string>();
        Sys.ActorOf(Puppet.Props(NewProbe(), new PuppetTraits { OnPostStop = () => order.Add("actor stopped") }));
        var shutdown = CoordinatedShutdown.Get(Sys);
        foreach (var phase in InOrder.Reverse())
        {
            shutdown.AddTask(phase, "note", Noting(order, phase));
        }

        await shutdown.Run(CoordinatedShutdown.UnknownReason.Instance).WaitAsync(Patience);

        order.Should().Equal([.. InOrder, "actor stopped"]);
        shutdown.ShutdownReason.Should().Be(CoordinatedShutdown.UnknownReason.Instance);
    }

    [Fact]
    public async Task From_a_phase_on_the_ones_before_it_are_left_out()
    {
        var order = new List<string>();
        var shutdown = CoordinatedShutdown.Get(Sys);
        foreach (var phase in InOrder)
        {
            shutdown.AddTask(phase, "note", Noting(order, phase));
        }

        await shutdown.Run(CoordinatedShutdown.UnknownReason.Instance, "cluster-shutdown")
            .WaitAsync(Patience);

        order.Should().Equal("cluster-shutdown", "before-actor-system-terminate");
    }

    [Fact]
    public async Task The_tasks_of_a_phase_run_side_by_side()
    {
        var (one, other) = (new TaskCompletionSource(), new TaskCompletionSource());
        var shutdown = CoordinatedShutdown.Get(Sys);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "one", () => MeetAsync(one, other));
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "other", () => MeetAsync(other, one));
        await shutdown.Run(CoordinatedShutdown.UnknownReason.Instance).WaitAsync(Patience);

        static async Task<Done> MeetAsync(TaskCompletionSource here, TaskCompletionSource there)
        {
            here.SetResult();
            await there.Task;
            return Done.Instance;
        }
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
    public async Task A_task_added_while_it_runs_runs_if_its_phase_has_yet_to_begin()
    {
        var order = new List<string>();
        var shutdown = CoordinatedShutdown.Get(Sys);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "adds", () =>
        {
            shutdown.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "late", Noting(order, "too late"));
            shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "early", Noting(order, "in time"));
            return Task.FromResult(Done.Instance);
        });
        await shutdown.Run(CoordinatedShutdown.UnknownReason.Instance).WaitAsync(Patience);
        order.Should().Equal("in time");
    }

    [Fact]
    public void Each_phase_has_its_limit()
    {
        var shutdown = CoordinatedShutdown.Get(Sys);
        shutdown.Timeout(CoordinatedShutdown.PhaseServiceStop).Should().Be(TimeSpan.FromSeconds(1));
        shutdown.Timeout(CoordinatedShutdown.PhaseServiceUnbind).Should().Be(TimeSpan.FromSeconds(5));
        shutdown.Timeout(CoordinatedShutdown.PhaseActorSystemTerminate).Should().Be(TimeSpan.FromSeconds(10));
        FluentActions.Invoking(() => shutdown.Timeout("dance")).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void An_unknown_phase_is_refused_by_name() =>
        FluentActions.Invoking(() => CoordinatedShutdown.Get(Sys).AddTask("dance", "waltz", Noting([], "waltz")))
            .Should().Throw<ConfigurationException>().WithMessage("*dance*");

    [Fact]
    public async Task Running_twice_is_running_once()
    {
        var order = new List<string>();
        CoordinatedShutdown.Get(Sys).AddTask(CoordinatedShutdown.PhaseServiceStop, "count", Noting(order, "run"));
        await Task.WhenAll(Sys.Terminate(), Sys.Terminate()).WaitAsync(Patience);
        order.Should().Equal("run");
        CoordinatedShutdown.Get(Sys).ShutdownReason.Should()
            .Be(CoordinatedShutdown.ActorSystemTerminateReason.Instance);
    }

    private static Func<Task<Done>> Noting(List<string> order, string what) => () =>
    {
        order.Add(what);
        return Task.FromResult(Done.Instance);
    };
}
