namespace DklActors.Actors.Controlling;

/// <summary>Somebody or something that holds exposures back.</summary>
/// <param name="By">Who: a person, a condition outside, the trainer.</param>
/// <param name="Reason">Why.</param>
/// <param name="IsPerson">Whether a person does, so that a person's word lets go.</param>
/// <param name="IsHard">Whether the beam was blanked at once for it.</param>
public sealed record RunHold(string By, string Reason, bool IsPerson, bool IsHard);
