namespace DklActors.Host.Recipes.Sections;

/// <summary>Where the frames come from.</summary>
public enum MicroscopeKind
{
    Preacquired,
    Simulated,
    Bridge,
    Asyncroscopy,
}
