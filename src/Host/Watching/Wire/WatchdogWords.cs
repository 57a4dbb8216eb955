namespace DklActors.Host.Watching.Wire;

/// <summary>The kinds of messages.</summary>
/// <remarks>
/// <code>
/// daemon   hello ──► arm ──► beat, beat, … ──► disarm ──► bye
/// watchdog ready     armed    heard, heard, …   disarmed
///                    refused  blanked (it did), stuck (it cannot)
/// </code>
/// </remarks>
internal static class WatchdogWords
{
    public const string Hello = "hello";
    public const string Arm = "arm";
    public const string Beat = "beat";
    public const string Disarm = "disarm";
    public const string Bye = "bye";

    public const string Ready = "ready";
    public const string Armed = "armed";
    public const string Refused = "refused";
    public const string Heard = "heard";
    public const string Blanked = "blanked";
    public const string Stuck = "stuck";
    public const string Disarmed = "disarmed";
}
