using DklActors.Actors.Running;

namespace DklActors.Host.Running;

/// <summary>What <c>dkl run</c> was asked for.</summary>
/// <param name="Recipe">Path of the recipe of a new run.</param>
/// <param name="Out">Folder for a new run, or null for one under <c>runs/</c>.</param>
/// <param name="Resume">Folder of the run to continue, or null.</param>
/// <param name="Overrides">Dotted keys and values that replace the recipe's.</param>
/// <param name="Json">Whether the last line of standard output is the summary as one JSON object.</param>
/// <param name="LogLevel">Lines below it are left out of the log.</param>
internal sealed record RunRequest(
    string Recipe,
    string? Out,
    string? Resume,
    IReadOnlyList<(string Key, string Value)> Overrides,
    bool Json,
    RunLogLevel LogLevel = RunLogLevel.Information);
