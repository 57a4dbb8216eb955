using Akka.Configuration;
using DklActors.ActorKernel.TestKit.Time;
using DklActors.ActorKernel.TestKit.Waiting;

namespace DklActors.ActorKernel.TestKit.Kits;

/// <content>How the system is made on Akka.NET.</content>
public abstract partial class TestKitBase
{
    private static readonly Config Quiet = ConfigurationFactory.ParseString("""
        akka.loglevel = INFO
        akka.stdout-loglevel = OFF
        akka.loggers = []
        akka.log-dead-letters = off
        akka.coordinated-shutdown.exit-clr = off
        akka.coordinated-shutdown.run-by-clr-shutdown-hook = off
        """);

    protected virtual Config Settings => Config.Empty;

    private TestRuntime Start()
    {
        var activity = new Activity();
        Waiter waiter = TimeProvider is ManualTimeProvider clock
            ? new StandingTime(clock, () => TestKitSettings.Patience, () => activity.IsQuiet)
            : new RealTime();
        activity.OnQuiet = waiter.Pulse;
        var config = Handover.Register(new Handover(TimeProvider, activity));
        return new TestRuntime(
            ActorSystem.Create(SystemName, config.WithFallback(Settings).WithFallback(Quiet)), waiter);
    }
}
