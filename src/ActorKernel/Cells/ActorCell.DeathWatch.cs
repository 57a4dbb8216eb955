namespace DklActors.ActorKernel;

internal sealed partial class ActorCell
{
    // The value is the message that WatchWith asked for; null stands for Terminated.
    private Dictionary<IActorRef, object?>? _watching;

    // Deaths whose message waits in the mailbox. Unwatch takes them out, so that it is never delivered.
    private Dictionary<IActorRef, object?>? _terminatedQueued;
    private HashSet<InternalActorRef>? _watchedBy;

    public IActorRef Watch(IActorRef subject) => WatchFor(subject, null);

    public IActorRef WatchWith(IActorRef subject, object message) =>
        WatchFor(subject, message ?? throw new ArgumentNullException(nameof(message)));

    public IActorRef Unwatch(IActorRef subject)
    {
        var watchee = InternalActorRef.Of(subject);
        if (_watching?.Remove(watchee) == true)
        {
            watchee.SendSystem(new Unwatch(watchee, _self));
        }

        _terminatedQueued?.Remove(subject);
        return subject;
    }

    private IActorRef WatchFor(IActorRef subject, object? message)
    {
        var watchee = InternalActorRef.Of(subject);
        if (watchee != _self && (_watching ??= []).TryAdd(watchee, message))
        {
            watchee.SendSystem(new Watch(watchee, _self));
        }

        return subject;
    }

    private void AddWatcher(Watch watch)
    {
        // An actor that is past its end would keep the watcher waiting.
        if (_isTerminated)
        {
            DeadLetterActorRef.HandleForDead(watch);
        }
        else
        {
            (_watchedBy ??= []).Add(watch.Watcher);
        }
    }

    private void HandleDeath(DeathWatchNotification notification)
    {
        if (_watching?.Remove(notification.Actor, out var message) == true && !IsTerminating)
        {
            // Through the mailbox, so that it arrives after all that the dead actor sent before.
            (_terminatedQueued ??= [])[notification.Actor] = message;
            _self.Tell(
                new Terminated(notification.Actor, notification.ExistenceConfirmed, addressTerminated: false),
                notification.Actor);
        }

        RemoveChild(notification.Actor);
    }

    private void ReceiveTerminated(Terminated terminated)
    {
        if (_terminatedQueued?.Remove(terminated.ActorRef, out var message) == true)
        {
            // The current message is what the actor sees, so that this is what it stashes.
            message ??= terminated;
            _currentEnvelope = new Envelope(message, Sender);
            Deliver(message);
        }
    }

    /// <summary>A stashed Terminated counts again when it comes out of the stash.</summary>
    public void Unstash(IReadOnlyList<Envelope> envelopes)
    {
        foreach (var terminated in envelopes.Select(envelope => envelope.Message).OfType<Terminated>())
        {
            (_terminatedQueued ??= [])[terminated.ActorRef] = null;
        }

        Mailbox.Prepend(envelopes);
    }

    private void UnwatchAll()
    {
        foreach (var watchee in _watching?.Keys.Cast<InternalActorRef>() ?? [])
        {
            watchee.SendSystem(new Unwatch(watchee, _self));
        }

        (_watching, _terminatedQueued) = (null, null);
    }

    private void TellWatchersOfOwnDeath()
    {
        // The parent has been told already.
        foreach (var watcher in _watchedBy?.Where(watcher => watcher != _parent) ?? [])
        {
            watcher.SendSystem(new DeathWatchNotification(_self, ExistenceConfirmed: true));
        }

        _watchedBy = null;
    }
}
