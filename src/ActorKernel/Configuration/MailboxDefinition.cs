namespace DklActors.ActorKernel.Configuration;

/// <param name="Capacity">The most user messages that may wait; at least 1.</param>
public sealed record MailboxDefinition(int Capacity, OverflowPolicy Overflow)
{
    public static MailboxDefinition Default { get; } = new(10_000, OverflowPolicy.DropNewest);

    public static MailboxDefinition LatestOnly { get; } = new(1, OverflowPolicy.LatestOnly);

    public int Capacity { get; } = Capacity > 0
        ? Capacity
        : throw new ArgumentOutOfRangeException(
            nameof(Capacity), Capacity, "A mailbox needs room for at least one message.");

    /// <summary>Null for the one of <see cref="ActorSystemSettings.HandlerDeadline"/>.</summary>
    public TimeSpan? HandlerDeadline { get; init; }

    /// <summary>How long a sender waits for room under <see cref="OverflowPolicy.Wait"/>, on the system's clock.
    /// </summary>
    public TimeSpan WaitLimit
    {
        get;
        init => field = value > TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A limit of a wait is positive.");
    } = TimeSpan.FromSeconds(10);

    internal int EffectiveCapacity => Overflow == OverflowPolicy.LatestOnly ? 1 : Capacity;
}
