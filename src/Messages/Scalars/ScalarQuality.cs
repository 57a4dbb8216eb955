namespace DklActors.Messages.Scalars;

/// <summary>Whether a scalar may be learned from.</summary>
public enum ScalarQuality
{
    /// <summary>Learn from it.</summary>
    Good,

    /// <summary>Learn from it, and show the reason.</summary>
    Suspect,

    /// <summary>Recorded and shown, never learned from.</summary>
    Bad,
}
