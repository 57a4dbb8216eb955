namespace DklActors.Host.Recipes.Sections;

/// <summary>How the drift of the sample is followed.</summary>
/// <param name="Every">How often it is looked at.</param>
/// <param name="LargestShiftPx">Farthest from the first image before exposures are held back, px.</param>
/// <param name="LargestStepPx">Farthest from one look to the next, px.</param>
/// <param name="LargestRate">Fastest before exposures are held back, px a minute; null for no limit.</param>
/// <param name="LeastQuality">Least quality of a match that is trusted.</param>
/// <param name="LargestChance">Largest probability that another scene would match as well.</param>
/// <param name="Unsure">What follows from a look without such a match.</param>
/// <param name="Between">Where targets are from one look to the next.</param>
/// <param name="Settle">Wait between two looks while exposures are held back.</param>
/// <param name="Patience">Looks while exposures are held back before the run ends.</param>
public sealed record DriftSection(
    DriftInterval Every,
    double LargestShiftPx,
    double LargestStepPx,
    double? LargestRate,
    double LeastQuality,
    double LargestChance,
    UnsureLook Unsure,
    BetweenLooks Between,
    TimeSpan Settle,
    int Patience);

/// <summary>How often the drift is looked at; never where neither is given.</summary>
/// <param name="Points">Frames from one look to the next.</param>
/// <param name="Time">Time from one look to the next.</param>
public readonly record struct DriftInterval(int? Points, TimeSpan? Time)
{
    public static DriftInterval Off => default;
}

/// <summary>Where targets are from one look at the drift to the next.</summary>
public enum BetweenLooks
{
    /// <summary>They move on by the last rate.</summary>
    Extrapolate,

    /// <summary>They stay where the last look had them.</summary>
    Stay,
}

/// <summary>What follows from a look at the drift without a match that is trusted.</summary>
public enum UnsureLook
{
    /// <summary>The last good one stays in force.</summary>
    GoOn,

    /// <summary>Exposures are held back until there is one.</summary>
    Pause,

    /// <summary>The run ends.</summary>
    End,
}
