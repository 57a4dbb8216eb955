using DklActors.ActorKernel.Configuration;

namespace DklActors.Actors.Running;

/// <summary>The actor system of a run on this repository's kernel; its namesake is that on Akka.NET.</summary>
internal static class PipelineSystem
{
    /// <summary>The name of the mailbox that drops what does not fit, of which only the log can afford one.</summary>
    public const string DroppingMailbox = "dropping";

    private const int MostWaiting = 10_000;

    /// <summary>
    /// No actor of a run can do without one of its messages: a mailbox that is full fails its actor, which is made anew
    /// from what is durable.
    /// </summary>
    public static ActorSystemSettings Settings { get; } = new()
    {
        DefaultMailbox = new MailboxDefinition(MostWaiting, OverflowPolicy.Fail),
        Mailboxes = new Dictionary<string, MailboxDefinition>
        {
            [DroppingMailbox] = new(MostWaiting, OverflowPolicy.DropNewest),
        },
    };

    public static ActorSystem Create(string name) => ActorSystem.Create(name, Settings);
}
