namespace DklActors.Actors.Interlock;

/// <summary>A person holds the beam blanked, so that no lease is given for now. Nothing has failed.</summary>
public sealed class BeamHeldException(string message) : Exception(message);
