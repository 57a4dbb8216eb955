namespace DklActors.Host.Trainers.Wire;

/// <summary>A message that is too large, cannot be read, or says what cannot be.</summary>
internal sealed class WireException(string message, Exception? inner = null) : Exception(message, inner);
