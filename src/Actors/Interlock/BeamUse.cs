namespace DklActors.Actors.Interlock;

/// <summary>What a lease was used for.</summary>
/// <param name="On">From before the unblanking to after the verified blanking: never less than the truth.</param>
/// <param name="Expired">Whether the lease clock had to blank.</param>
public readonly record struct BeamUse(TimeSpan On, bool Expired);
