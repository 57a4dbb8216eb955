namespace DklActors.Host.Trainers.Node;

/// <summary>A content could not be had from the daemon, or handed in to it; the message tells why.</summary>
internal sealed class ContentException(string message, Exception? inner = null) : Exception(message, inner);
