using Akka.Configuration;

namespace DklActors.Actors.Running;

/// <summary>The actor system of a run on Akka.NET, whose mailboxes have no bound that fails an actor.</summary>
internal static class PipelineSystem
{
    public const string DroppingMailbox = "dropping";

    public static ActorSystem Create(string name) => ActorSystem.Create(name, ConfigurationFactory.ParseString(
        $$"""
        {{DroppingMailbox}} {
          mailbox-type = "Akka.Dispatch.BoundedMailbox, Akka"
          mailbox-capacity = 10000
          mailbox-push-timeout-time = 0s
        }
        """));
}
