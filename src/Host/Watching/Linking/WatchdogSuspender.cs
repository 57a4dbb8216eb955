using DklActors.Actors.Interlock;

namespace DklActors.Host.Watching.Linking;

/// <summary>Holds exposures back while no watchdog guards the blanker.</summary>
internal sealed class WatchdogSuspender(WatchedBlanker watched) : ISuspender
{
    public string Name => "watchdog";

    public string? Check() => watched.Trouble;
}
