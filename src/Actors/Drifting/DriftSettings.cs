namespace DklActors.Actors.Drifting;

/// <summary>How a run looks at the drift of its sample, and what it takes for too much.</summary>
public sealed record DriftSettings
{
    /// <summary>Frames between two looks; null where they do not count.</summary>
    public int? EveryFrames { get; init; }

    /// <summary>Time between two looks; null where it does not count.</summary>
    public TimeSpan? EveryTime { get; init; }

    /// <summary>Farthest from the first image, px, before exposures are held back.</summary>
    public required double LargestShiftPixels { get; init; }

    /// <summary>
    /// Farthest from one good look to the next, px: the search's radius. It widens with each look that is missed;
    /// after a restart, when nobody has looked for a while, it is the largest shift.
    /// </summary>
    public required double LargestStepPixels { get; init; }

    /// <summary>Fastest, px a minute, before exposures are held back; null for no limit.</summary>
    public double? LargestRatePixelsPerMinute { get; init; }

    /// <summary>Least quality of an estimate that is trusted, 0 to 1.</summary>
    public required double LeastQuality { get; init; }

    /// <summary>Largest probability, 0 to 1, that another scene would match as well.</summary>
    public required double LargestChance { get; init; }

    /// <summary>What follows from a look that gave no estimate that is trusted.</summary>
    public required UnsureDrift Unsure { get; init; }

    /// <summary>Wait before the next look while exposures are held back.</summary>
    public required TimeSpan Settle { get; init; }

    /// <summary>Looks while exposures are held back, after which the run ends: each costs dose.</summary>
    public required int MostLooksHeld { get; init; }

    /// <summary>Whether targets go on moving by the last rate until the next look.</summary>
    public required bool Extrapolates { get; init; }
}

/// <summary>What follows from a look at the drift that gave no estimate that is trusted.</summary>
public enum UnsureDrift
{
    /// <summary>The last good one stays in force and the run goes on.</summary>
    GoOn,

    /// <summary>Exposures are held back until a look gives one.</summary>
    Hold,

    /// <summary>The run ends.</summary>
    End,
}
