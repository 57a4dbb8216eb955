using DklActors.Host.Recipes.Sections;
using DklActors.Instruments.Virtual;
using static DklActors.Host.Recipes.Keys.RecipeKeys;

namespace DklActors.Host.Recipes.Keys;

/// <summary>Typed values to what concerns the drift and back; the two directions are mirror images.</summary>
internal static class DriftBinder
{
    public static DriftSection Bind(RecipeValues values) => new(
        values.Get(DriftEvery), values.Get(LargestShift), values.Get(LargestStep), values.Get(LargestRate).Value,
        values.Get(LeastQuality), values.Get(LargestChance), values.Get(Unsure), values.Get(Between),
        values.Get(DriftSettle), values.Get(DriftPatience));

    public static void Unbind(DriftSection drift, RecipeValues values)
    {
        values.Set(DriftEvery, drift.Every);
        values.Set(LargestShift, drift.LargestShiftPx);
        values.Set(LargestStep, drift.LargestStepPx);
        values.Set(LargestRate, new(drift.LargestRate));
        values.Set(LeastQuality, drift.LeastQuality);
        values.Set(LargestChance, drift.LargestChance);
        values.Set(Unsure, drift.Unsure);
        values.Set(Between, drift.Between);
        values.Set(DriftSettle, drift.Settle);
        values.Set(DriftPatience, drift.Patience);
    }

    /// <summary>How a virtual sample moves.</summary>
    public static SampleDrift MotionOf(RecipeValues values) => new(
        values.Get(DriftRow), values.Get(DriftColumn), values.Get(DriftWalk), values.Get(DriftPer));

    public static void Unbind(SampleDrift drift, RecipeValues values)
    {
        values.Set(DriftRow, drift.Rows);
        values.Set(DriftColumn, drift.Columns);
        values.Set(DriftWalk, drift.Walk);
        values.Set(DriftPer, drift.Pace);
    }
}
