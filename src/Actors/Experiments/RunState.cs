namespace DklActors.Actors.Experiments;

/// <summary>Where a run stands.</summary>
public enum RunState
{
    /// <summary>Nothing is journaled yet.</summary>
    New,

    /// <summary>Started; the structural image is not yet recorded.</summary>
    Preparing,

    /// <summary>Points are planned and measured.</summary>
    Running,

    /// <summary>Exposures are held back, the beam is blanked; training and planning may go on.</summary>
    Paused,

    /// <summary>Everything asked for was measured. Final.</summary>
    Completed,

    /// <summary>Ended by a person at a point boundary; can be continued.</summary>
    Stopped,

    /// <summary>Ended by a person at once; can be continued.</summary>
    Aborted,

    /// <summary>Ended by a person at once, with nothing put in order after; can be continued.</summary>
    Halted,

    /// <summary>Ended by a limit or safety condition; can be continued.</summary>
    Interlocked,

    /// <summary>Ended by a fault; can be continued.</summary>
    Failed,
}
