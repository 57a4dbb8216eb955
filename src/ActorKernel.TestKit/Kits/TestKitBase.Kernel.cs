using DklActors.ActorKernel.Configuration;
using DklActors.ActorKernel.Dispatch;
using DklActors.ActorKernel.TestKit.Deterministic;
using DklActors.ActorKernel.TestKit.Time;
using DklActors.ActorKernel.TestKit.Waiting;

namespace DklActors.ActorKernel.TestKit.Kits;

/// <content>How the system is made on this kernel.</content>
public abstract partial class TestKitBase
{
    /// <summary>Not null for a system that runs only while the test waits, on its thread, in virtual time.</summary>
    protected virtual DeterministicScheduler? Scheduler => null;

    protected virtual ActorSystemSettings Settings =>
        Scheduler?.Settings ?? new ActorSystemSettings { TimeProvider = TimeProvider };

    private TestRuntime Start()
    {
        var settings = Settings;
        var sink = settings.LogSink;
        settings = settings with
        {
            LogSink = sink is null ? null : written =>
            {
                if (!_tap.Mutes(written))
                {
                    sink(written);
                }
            },
        };
        if (Scheduler is { } scheduler)
        {
            return new TestRuntime(ActorSystem.Create(SystemName, settings), new VirtualTime(scheduler));
        }

        if (settings.TimeProvider is not ManualTimeProvider clock)
        {
            return new TestRuntime(ActorSystem.Create(SystemName, settings), new RealTime());
        }

        var activity = new Activity();
        var waiter = new StandingTime(clock, () => TestKitSettings.Patience, () => activity.IsQuiet);
        activity.OnQuiet = waiter.Pulse;
        var inner = settings.DefaultDispatcher;
        return new TestRuntime(
            ActorSystem.Create(SystemName, settings with
            {
                DefaultDispatcher = () => new CountingDispatcher(inner(), activity),
            }),
            waiter);
    }
}
