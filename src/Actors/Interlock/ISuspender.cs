namespace DklActors.Actors.Interlock;

/// <summary>A condition outside the experiment, such as free disk space, that holds exposures back.</summary>
/// <remarks>Called by the interlock once a second; must answer at once and remember for its own hysteresis.</remarks>
public interface ISuspender
{
    string Name { get; }

    /// <summary>The reason to hold exposures back now, in words, or null when all is well.</summary>
    string? Check();
}
