namespace DklActors.ActorKernel.Event;

public static class Logging
{
    /// <summary>The log of the actor that this context belongs to.</summary>
    public static ILoggingAdapter GetLogger(this IActorContext context) =>
        new BusLogging(context.System, context.Self.Path.ToString(), context.Props.Type);

    public static ILoggingAdapter GetLogger(ActorSystem system, object logSource) =>
        new BusLogging(system, logSource.ToString()!, logSource as Type ?? logSource.GetType());
}
