namespace DklActors.Host.Watching.Wire;

/// <summary>What daemon and watchdog say to each other, one JSON object a line.</summary>
/// <param name="Kind">One of <see cref="WatchdogWords"/>.</param>
/// <param name="Blanker">The blanker that is spoken of, as text.</param>
/// <param name="SilenceMs">Of an arm: the silence after which to blank.</param>
/// <param name="Text">For people: who speaks, or why.</param>
internal sealed record WatchdogMessage(
    string Kind, string? Blanker = null, double? SilenceMs = null, string? Text = null);
