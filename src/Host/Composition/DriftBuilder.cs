using DklActors.Actors.Drifting;
using DklActors.Host.Recipes.Sections;

namespace DklActors.Host.Composition;

/// <summary>From the drift's section of a recipe to what an experiment works with.</summary>
internal static class DriftBuilder
{
    /// <summary>Null where the drift is not looked at.</summary>
    public static DriftSettings? Build(DriftSection drift) => drift.Every == DriftInterval.Off
        ? null
        : new DriftSettings
        {
            EveryFrames = drift.Every.Points,
            EveryTime = drift.Every.Time,
            LargestShiftPixels = drift.LargestShiftPx,
            LargestStepPixels = drift.LargestStepPx,
            LargestRatePixelsPerMinute = drift.LargestRate,
            LeastQuality = drift.LeastQuality,
            LargestChance = drift.LargestChance,
            Unsure = drift.Unsure switch
            {
                UnsureLook.Pause => UnsureDrift.Hold,
                UnsureLook.End => UnsureDrift.End,
                _ => UnsureDrift.GoOn,
            },
            Settle = drift.Settle,
            MostLooksHeld = drift.Patience,
            Extrapolates = drift.Between == BetweenLooks.Extrapolate,
        };
}
