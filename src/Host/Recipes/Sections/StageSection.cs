namespace DklActors.Host.Recipes.Sections;

/// <summary>How a probe position is set and confirmed.</summary>
/// <param name="TolerancePx">Largest distance between set point and read-back, in px.</param>
/// <param name="Timeout">Longest wait for the position to be confirmed.</param>
/// <param name="MarginPx">Soft limit: width, in px, of the border of the scan that is never visited.</param>
/// <param name="Attempts">Moves tried for one point before it is given up.</param>
public sealed record StageSection(double TolerancePx, TimeSpan Timeout, int MarginPx, int Attempts);
