namespace DklActors.Instruments.Remote.Bridge.Speaking;

/// <summary>The other end closed a connection before it answered, as it may do with one that was idle.</summary>
internal sealed class StaleLineException() : IOException("the connection was closed before an answer");
