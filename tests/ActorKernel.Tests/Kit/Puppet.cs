namespace DklActors.ActorKernel.Tests.Kit;

/// <summary>
/// An actor that does what its messages say: throws an exception, runs a <see cref="Do"/>, counts "count", and
/// tells every other message and each step of its life to the observer.
/// </summary>
internal sealed class Puppet : UntypedActor
{
    private readonly string _name;
    private readonly IActorRef _observer;
    private readonly PuppetTraits _traits;
    private int _count;

    public Puppet(IActorRef observer, PuppetTraits traits)
    {
        _observer = observer;
        _traits = traits;
        _name = Self.Path.Name;
        traits.OnConstruct?.Invoke();
        Report("constructed");
    }

    public static Props Props(Probe observer, PuppetTraits? traits = null) =>
        Recipe.For(observer.Ref, traits ?? new PuppetTraits());

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Exception exception:
                throw exception;
            case Do order:
                order.Act(Context);
                break;
            case "count":
                _observer.Tell(++_count);
                break;
            case Terminated terminated when !_traits.HandlesTerminated:
                Unhandled(terminated);
                break;
            case Terminated terminated:
                _observer.Tell($"{_name} outlived {terminated.ActorRef.Path.Name}");
                break;
            default:
                _observer.Tell(message);
                break;
        }
    }

    protected override void PreStart()
    {
        _traits.OnPreStart?.Invoke(Context);
        Report("PreStart");
    }

    protected override void PostStop()
    {
        Report("PostStop");
        _traits.OnPostStop?.Invoke();
    }

    protected override void PreRestart(Exception reason, object? message)
    {
        Report($"PreRestart {(message is Exception ? "exception" : message ?? "nothing")}");
        if (!_traits.KeepsChildren)
        {
            base.PreRestart(reason, message);
        }
    }

    protected override void PostRestart(Exception reason)
    {
        Report($"PostRestart {reason.Message}");
        _traits.OnPostRestart?.Invoke();
    }

    protected override SupervisorStrategy SupervisorStrategy() => _traits.Strategy ?? base.SupervisorStrategy();

    private void Report(string step)
    {
        if (_traits.Reports)
        {
            _observer.Tell($"{_name} {step}");
        }
    }
}

/// <summary>Inside of the puppet, a method hides the name of the type.</summary>
file static class Recipe
{
    public static Props For(IActorRef observer, PuppetTraits traits) =>
        Props.Create(() => new Puppet(observer, traits));
}

internal sealed record PuppetTraits
{
    public bool Reports { get; init; }

    public bool KeepsChildren { get; init; }

    public bool HandlesTerminated { get; init; } = true;

    public SupervisorStrategy? Strategy { get; init; }

    public Action? OnConstruct { get; init; }

    public Action<IActorContext>? OnPreStart { get; init; }

    public Action? OnPostRestart { get; init; }

    public Action? OnPostStop { get; init; }

    public static PuppetTraits Supervising(Func<Exception, Directive> decider) =>
        new() { Strategy = new OneForOneStrategy(decider) };
}
