using DklActors.ActorKernel.Configuration;
using DklActors.ActorKernel.Inspection;
using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.Own.Mailboxes;

/// <summary>Tests of actors that a test holds inside a message, so that others have to wait.</summary>
public abstract class HeldActors : ActorTest
{
    private protected static ActorSnapshot Seen(IActorRef actor) =>
        ActorTree.Of(((LocalActorRef)actor).System).WithDescendants().Single(seen => seen.Path == actor.Path);

    private protected static Dictionary<string, MailboxDefinition> Named(params MailboxDefinition[] definitions) =>
        definitions.ToDictionary(definition => definition.Overflow.ToString());

    private protected (IActorRef Actor, ManualResetEventSlim Release) Held(Probe events, OverflowPolicy policy)
    {
        var actor = Sys.ActorOf(Puppet.Props(events).WithMailbox(policy.ToString()));
        return (actor, Hold(actor));
    }

    /// <summary>Returns when the actor is inside a message, which it leaves when the result is set.</summary>
    private protected static ManualResetEventSlim Hold(IActorRef actor)
    {
        var (held, release) = (new ManualResetEventSlim(), new ManualResetEventSlim());
        actor.Tell(new Do(_ =>
        {
            held.Set();
            release.Wait(Patience);
        }));
        held.Wait(Patience).Should().BeTrue();
        return release;
    }
}
