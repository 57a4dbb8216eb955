namespace DklActors.ActorKernel.Event;

public static class Logging
{
    /// <summary>The log of the actor that this context belongs to.</summary>
    public static ILoggingAdapter GetLogger(this IActorContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new BusLogging(
            context.System, context.Self.Path.ToString(), (context as ActorCell)?.Props.Type ?? typeof(ActorBase));
    }

    public static ILoggingAdapter GetLogger(ActorSystem system, object logSource)
    {
        ArgumentNullException.ThrowIfNull(logSource);
        return new BusLogging(system, logSource.ToString()!, logSource as Type ?? logSource.GetType());
    }
}
