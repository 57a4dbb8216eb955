namespace DklActors.ActorKernel.Configuration;

/// <summary>An async handler did not end within its deadline.</summary>
public sealed class HandlerDeadlineException(string message) : AkkaException(message);
