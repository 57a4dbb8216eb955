namespace DklActors.Messages.Events;

/// <summary>Why a planned point is given up.</summary>
public enum AbandonCause
{
    /// <summary>It could not be measured.</summary>
    NoFrame,

    /// <summary>A person's choice left no need for it; nothing has failed.</summary>
    NotWanted,
}
