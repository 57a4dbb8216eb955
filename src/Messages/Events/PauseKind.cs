namespace DklActors.Messages.Events;

/// <summary>How exposures were held back.</summary>
public enum PauseKind
{
    /// <summary>The point under way came to its end first.</summary>
    Soft,

    /// <summary>The beam was blanked at once; the point under way is measured again.</summary>
    Hard,
}
