using DklActors.ActorKernel.Configuration;
using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.Own;

/// <summary>On Akka.NET the graph of the phases is in a configuration file.</summary>
public sealed class ShutdownGraphs : ActorTest
{
    [Fact]
    public async Task A_phase_runs_after_those_that_it_depends_on()
    {
        var order = new List<string>();
        var system = With(("last", new ShutdownPhase { DependsOn = ["second", "first"] }),
            ("second", new ShutdownPhase { DependsOn = ["first"] }), ("first", new ShutdownPhase()));
        var shutdown = CoordinatedShutdown.Get(system);
        foreach (var phase in new[] { "last", "first", "second" })
        {
            shutdown.AddTask(phase, "note", () =>
            {
                order.Add(phase);
                return Task.FromResult(Done.Instance);
            });
        }

        await system.Terminate().WaitAsync(Patience);
        order.Should().Equal("first", "second", "last");
    }

    [Fact]
    public async Task A_phase_without_recovery_ends_the_shutdown_with_its_error()
    {
        var system = With((CoordinatedShutdown.PhaseServiceStop, new ShutdownPhase { Recover = false }));
        var shutdown = CoordinatedShutdown.Get(system);
        var failure = Boom();
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "fails", () => throw failure);
        var run = shutdown.Run(CoordinatedShutdown.UnknownReason.Instance);
        (await Record.ExceptionAsync(() => run.WaitAsync(Patience))).Should().BeSameAs(failure);
        system.WhenTerminated.IsCompleted.Should().BeFalse();
    }

    [Fact]
    public void Phases_that_depend_on_themselves_or_on_unknown_ones_are_refused()
    {
        FluentActions.Invoking(() => With(("a", After("b")), ("b", After("a")))).Should()
            .Throw<ConfigurationException>().WithMessage("*a, b*");
        FluentActions.Invoking(() => With(("a", After("nowhere")))).Should().Throw<ConfigurationException>();

        static ShutdownPhase After(string phase) => new() { DependsOn = [phase] };
    }

    private ActorSystem With(params (string Name, ShutdownPhase Phase)[] phases)
    {
        var all = new Dictionary<string, ShutdownPhase>(ShutdownPhase.Defaults);
        foreach (var (name, phase) in phases)
        {
            all[name] = phase;
        }

        return ActorSystem.Create("graph", Settings with { ShutdownPhases = all });
    }
}
