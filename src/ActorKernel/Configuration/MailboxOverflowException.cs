namespace DklActors.ActorKernel.Configuration;

/// <summary>A mailbox with <see cref="OverflowPolicy.Fail"/> was full.</summary>
public sealed class MailboxOverflowException(string message) : AkkaException(message);
