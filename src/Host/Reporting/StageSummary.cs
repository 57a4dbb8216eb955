using DklActors.Actors.Experiments;
using DklActors.Host.Recipes;
using DklActors.Messages.Geometry;

namespace DklActors.Host.Reporting;

/// <summary>Where on the sample a run is, in nm of the stage's own coordinates.</summary>
/// <param name="XNm">As the recipe asks for.</param>
/// <param name="YNm">The same, y.</param>
/// <param name="ReadBackXNm">Where the stage was read back when the run placed it; null before that.</param>
/// <param name="ReadBackYNm">The same, y.</param>
internal sealed record StageSummary(double XNm, double YNm, double? ReadBackXNm, double? ReadBackYNm)
{
    /// <summary>Null where the recipe leaves the stage alone.</summary>
    public static StageSummary? Of(Recipe recipe, ExperimentState state) =>
        recipe.SampleStage.Place is not { } place
            ? null
            : new StageSummary(place.X.Value, place.Y.Value, state.StageAt?.X.Value, state.StageAt?.Y.Value);

    /// <summary>Where it is, or, before it is there, where it is to be.</summary>
    public StagePosition Position() => StagePosition.OfNanometres(ReadBackXNm ?? XNm, ReadBackYNm ?? YNm);
}
