using DklActors.ActorKernel.TestKit.Assertions;

namespace DklActors.ActorKernel.TestKit.Probes;

/// <summary>What a message must be, and how to say so.</summary>
internal sealed record Expected<T>(string Description, Func<object, bool> Accepts);

internal static class Expected
{
    public static Expected<T> OfType<T>() =>
        new($"a message of type {Report.Name(typeof(T))}", static message => message is T);

    public static Expected<T> EqualTo<T>(T message) => new(Report.Of(message), other => Equals(message, other));

    public static Expected<T> Satisfying<T>(Predicate<T> isMessage)
    {
        ArgumentNullException.ThrowIfNull(isMessage);
        return new Expected<T>(
            $"a message of type {Report.Name(typeof(T))} that satisfies the predicate",
            message => message is T typed && isMessage(typed));
    }

    public static Expected<Terminated> EndOf(IActorRef actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return new Expected<Terminated>(
            $"the end of {actor.Path}",
            message => message is Terminated terminated && terminated.ActorRef.Equals(actor));
    }
}
