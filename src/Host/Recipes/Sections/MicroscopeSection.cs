using DklActors.Instruments.Blankers;

namespace DklActors.Host.Recipes.Sections;

/// <summary>The instrument.</summary>
public abstract record MicroscopeSection
{
    /// <summary>The blanker that a watchdog reaches too; null for one within the process, or behind a bridge.</summary>
    public BlankerSpec? Blanker { get; init; }
}
