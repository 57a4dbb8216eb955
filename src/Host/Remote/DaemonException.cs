namespace DklActors.Host.Remote;

/// <summary>The daemon refused, or does not answer; the message says what to do.</summary>
internal sealed class DaemonException(string message, Exception? inner = null) : IOException(message, inner);
