namespace DklActors.Host.Commands;

/// <summary>Something is wrong with what was asked for; the message is one line for the person who asked.</summary>
internal sealed class UsageException(string message) : Exception(message);
