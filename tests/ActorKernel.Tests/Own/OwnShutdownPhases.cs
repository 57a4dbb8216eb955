using DklActors.ActorKernel.Configuration;
using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.Own;

/// <summary>On Akka.NET the phases are in a configuration file.</summary>
public sealed class OwnShutdownPhases : ActorTest
{
    [Fact]
    public async Task Phases_run_in_the_order_in_which_the_settings_list_them()
    {
        var order = new List<string>();
        var system = With([new("first"), new("second"), .. ShutdownPhase.Defaults, new("last")]);
        var shutdown = CoordinatedShutdown.Get(system);
        foreach (var phase in new[] { "last", "first", CoordinatedShutdown.PhaseServiceStop, "second" })
        {
            shutdown.AddTask(phase, "note", () =>
            {
                order.Add(phase);
                return Task.FromResult(Done.Instance);
            });
        }

        await shutdown.Run(CoordinatedShutdown.UnknownReason.Instance).WaitAsync(Patience);
        order.Should().Equal("first", "second", CoordinatedShutdown.PhaseServiceStop, "last");
    }

    [Fact]
    public async Task A_phase_without_recovery_ends_the_shutdown_with_its_error()
    {
        var system = With([new("strict") { Recover = false }, .. ShutdownPhase.Defaults]);
        var shutdown = CoordinatedShutdown.Get(system);
        var failure = Boom();
        shutdown.AddTask("strict", "fails", () => throw failure);
        var run = shutdown.Run(CoordinatedShutdown.UnknownReason.Instance);
        (await Record.ExceptionAsync(() => run.WaitAsync(Patience))).Should().BeSameAs(failure);
        system.WhenTerminated.IsCompleted.Should().BeFalse();
    }

    [Fact]
    public void Phases_without_the_one_that_stops_the_actors_are_refused() =>
        FluentActions.Invoking(() => With([new("first")])).Should()
            .Throw<ConfigurationException>().WithMessage($"*{CoordinatedShutdown.PhaseActorSystemTerminate}*first*");

    private ActorSystem With(IReadOnlyList<ShutdownPhase> phases) =>
        ActorSystem.Create("phases", Settings with { ShutdownPhases = phases });
}
