using DklActors.Host.Watching.Wire;

namespace DklActors.Host.Watching.Guarding;

/// <summary>Who has armed a blanker.</summary>
internal interface IBlankerOwner
{
    /// <summary>For the log.</summary>
    string Name { get; }

    /// <summary>Tells it something, if it still listens; does not throw and does not wait long.</summary>
    void Tell(WatchdogMessage message);
}
