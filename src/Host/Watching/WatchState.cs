namespace DklActors.Host.Watching;

/// <summary>How a blanker is watched.</summary>
internal enum WatchState
{
    /// <summary>Nobody outside the process could reach it.</summary>
    None,

    /// <summary>The watchdog hears the heartbeat, and blanks when that stops.</summary>
    Armed,

    /// <summary>The watchdog is gone or has blanked; exposures are held back until it has armed again.</summary>
    Lost,
}
