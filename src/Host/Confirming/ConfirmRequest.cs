namespace DklActors.Host.Confirming;

/// <summary>What to confirm.</summary>
/// <param name="Run">Folder of the run.</param>
/// <param name="Components">Number of components.</param>
/// <param name="MeasuredOnly">Whether only measured frames are decomposed, though all could be had.</param>
/// <param name="Folder">Where the figures go; null for the run's folder of figures.</param>
/// <param name="Json">Whether the last line is a JSON object.</param>
internal sealed record ConfirmRequest(string Run, int Components, bool MeasuredOnly, string? Folder, bool Json);
