namespace DklActors.Physics.Spectra.Preparation;

/// <summary>One step that prepares a spectrum, in place. Without state, so that threads may share it.</summary>
internal interface IPreparationStep
{
    /// <returns>Why the spectrum cannot be used; null where it can.</returns>
    string? Apply(ref Spectrum spectrum);
}
