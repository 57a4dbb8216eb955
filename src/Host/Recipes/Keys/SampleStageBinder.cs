using DklActors.Host.Recipes.Sections;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;
using static DklActors.Host.Recipes.Keys.RecipeKeys;

namespace DklActors.Host.Recipes.Keys;

/// <summary>Typed values to what concerns the sample's stage and back; the two directions are mirror images.</summary>
internal static class SampleStageBinder
{
    public static SampleStageSection Bind(RecipeValues values) => new(
        values.Find(SampleStageX) is Nanometre x && values.Find(SampleStageY) is Nanometre y
            ? new StagePosition(x, y)
            : null,
        values.Get(SampleStageTolerance), values.Get(SampleStageSettle), values.Get(SampleStageTimeout),
        values.Get(SampleStageAttempts));

    public static void Unbind(SampleStageSection stage, RecipeValues values)
    {
        values.SetIfAny(SampleStageX, stage.Place?.X);
        values.SetIfAny(SampleStageY, stage.Place?.Y);
        values.Set(SampleStageTolerance, stage.Tolerance);
        values.Set(SampleStageSettle, stage.Settle);
        values.Set(SampleStageTimeout, stage.Timeout);
        values.Set(SampleStageAttempts, stage.Attempts);
    }
}
