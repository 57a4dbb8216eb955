namespace DklActors.Actors.Interlock;

/// <summary>
/// A person holds the beam blanked, or no watchdog would blank it if this process hung: no lease is given for now.
/// Nothing has failed.
/// </summary>
public sealed class BeamHeldException(string message) : Exception(message);
