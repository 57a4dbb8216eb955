namespace DklActors.ActorKernel;

/// <summary>Messages set aside until the actor can handle them.</summary>
public interface IStash
{
    int Count { get; }

    int Capacity { get; }

    bool IsEmpty { get; }

    bool IsFull { get; }

    /// <summary>Sets the current message aside.</summary>
    /// <exception cref="IllegalActorStateException">It was stashed already, or there is no current message.</exception>
    /// <exception cref="StashOverflowException">The stash is full.</exception>
    void Stash();

    /// <summary>Puts the oldest stashed message before all others in the mailbox.</summary>
    void Unstash();

    /// <summary>Puts all stashed messages, oldest first, before all others in the mailbox.</summary>
    void UnstashAll();
}

public interface IActorStash
{
    /// <summary>Set by the kernel after construction, before PreStart.</summary>
    IStash Stash { get; set; }
}

/// <summary>An actor with a stash. On a restart or a stop what is stashed goes back into the mailbox.</summary>
public interface IWithStash : IActorStash;
