using System.Globalization;
using Akka.Configuration;

namespace DklActors.ActorKernel.Tests.Kit;

public abstract partial class ActorTest
{
    protected override Config Settings =>
        ConfigurationFactory.ParseString(string.Join(Environment.NewLine, Lines(Needs)));

    private static IEnumerable<string> Lines(Needs needs)
    {
        if (needs.StashCapacity is { } capacity)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"akka.actor.default-dispatcher.stash-capacity = {capacity}");
        }

        if (needs.TopEscalates)
        {
            yield return "akka.actor.guardian-supervisor-strategy = "
                + $"\"{typeof(EscalatingTop).AssemblyQualifiedName}\"";
        }

        foreach (var (phase, limit) in needs.PhaseTimeouts)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"akka.coordinated-shutdown.phases.{phase}.timeout = {limit.TotalMilliseconds} ms");
        }
    }
}

/// <summary>Akka.NET constructs it by its name.</summary>
public sealed class EscalatingTop : SupervisorStrategyConfigurator
{
    public override SupervisorStrategy Create() => new OneForOneStrategy(_ => Directive.Escalate);
}
