using DklActors.ActorKernel.TestKit.Assertions;
using DklActors.ActorKernel.TestKit.Filters;
using DklActors.ActorKernel.TestKit.Probes;
using DklActors.ActorKernel.TestKit.Waiting;

namespace DklActors.ActorKernel.TestKit.Kits;

/// <summary>
/// One actor system for one test class, made when it is first used. The kit is itself a receiver: what is sent to
/// <see cref="TestActor"/> is what its own methods expect.
/// </summary>
/// <remarks>
/// A test says how time passes by overriding a property: <c>TimeProvider</c> for threads, in real time or on a
/// <see cref="Time.ManualTimeProvider"/> that only the test moves; <c>Scheduler</c> for one thread, virtual time and an
/// order that a seed chooses. Disposing of the kit ends the system.
/// </remarks>
public abstract partial class TestKitBase : MessageReceiver, IDisposable
{
    private readonly EventTap _tap = new();
    private readonly Lazy<TestRuntime> _runtime;
    private readonly Lazy<(Arrivals Arrivals, IActorRef Actor)> _receiver;
    private readonly Lazy<IActorRef> _listener;

    protected TestKitBase()
    {
        _runtime = new Lazy<TestRuntime>(Start);
        _receiver = new Lazy<(Arrivals, IActorRef)>(() =>
        {
            var arrivals = new Arrivals(_runtime.Value.Waiter);
            return (arrivals, Sys.ActorOf(Props.Create(() => new TestActor(arrivals)), "testActor"));
        });
        _listener = new Lazy<IActorRef>(Listen);
    }

    public ActorSystem Sys => _runtime.Value.System;

    /// <summary>The actor whose messages the kit's own methods take.</summary>
    public IActorRef TestActor => _receiver.Value.Actor;

    public override IActorRef Ref => TestActor;

    public override TestKitSettings TestKitSettings => TestKitSettings.Default;

    /// <summary>Expectations about what is logged, and about dead letters.</summary>
    public EventFilterFactory EventFilter
    {
        get
        {
            _ = _listener.Value;
            return new EventFilterFactory(_tap, _runtime.Value.Waiter, TestKitSettings);
        }
    }

    /// <summary>The name of the actor system.</summary>
    protected virtual string SystemName => "test";

    /// <summary>The time of the actors, and that of the test.</summary>
    protected virtual TimeProvider TimeProvider => TimeProvider.System;

    private protected override Arrivals Arrivals => _receiver.Value.Arrivals;

    public TestProbe CreateTestProbe(string? name = null) => CreateTestProbe(Sys, name);

    /// <summary>A probe in another system, which waits as this kit does.</summary>
    public TestProbe CreateTestProbe(ActorSystem system, string? name = null) =>
        new(system, new Arrivals(_runtime.Value.Waiter), TestKitSettings, name);

    /// <summary>Ends the system, and waits for the end.</summary>
    /// <exception cref="ExpectationFailedException">It did not end in time.</exception>
    public void Shutdown(TimeSpan? duration = null)
    {
        var ended = Sys.Terminate();
        var limit = duration ?? TestKitSettings.Patience;
        if (!Blocking.Completed(_runtime.Value.Waiter.UntilAsync(
            () => ended.IsCompleted, limit, blocking: true, CancellationToken.None)))
        {
            throw new ExpectationFailedException(
                $"The actor system {Sys.Name} did not end within {Report.Of(limit)}: an actor does not stop, or a "
                + "phase of the shutdown waits for a clock that nobody moves.");
        }
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing && _runtime.IsValueCreated)
        {
            Shutdown();
        }
    }

    private IActorRef Listen()
    {
        var (tap, waiter) = (_tap, _runtime.Value.Waiter);
        var listener = Sys.ActorOf(Props.Create(() => new EventListener(tap, waiter)), "testEventListener");
        foreach (var channel in EventListener.Channels)
        {
            Sys.EventStream.Subscribe(listener, channel);
        }

        return listener;
    }
}
