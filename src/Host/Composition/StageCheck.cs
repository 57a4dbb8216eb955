using DklActors.Actors.Placing;
using DklActors.Host.Recipes;
using DklActors.Host.Recipes.Keys;
using DklActors.Host.Recipes.Sections;
using DklActors.Instruments.Ports;

namespace DklActors.Host.Composition;

/// <summary>Whether the instrument's stage goes where a recipe wants it; asked before anything is moved.</summary>
internal static class StageCheck
{
    /// <exception cref="RecipeException">There is no stage that can be moved, or the place is outside its limits.
    /// </exception>
    public static void Run(Recipe recipe, RecipeOrigins origins, IInstrument microscope)
    {
        if (recipe.SampleStage.Place is not { } place)
        {
            return;
        }

        if (microscope.SampleStage is not { } stage)
        {
            (string problem, string remedy) = NoStage(recipe.Microscope);
            throw new RecipeException(origins.ErrorAt(RecipeKeys.SampleStageX.Path, problem, remedy));
        }

        if (stage.Limits.ProblemOf(place) is var (axis, outside))
        {
            throw new RecipeException(origins.ErrorAt(
                (axis == StageAxis.X ? RecipeKeys.SampleStageX : RecipeKeys.SampleStageY).Path,
                outside,
                "choose a place within them; they are the bridge's to set"));
        }
    }

    /// <summary>Null where the stage is left alone.</summary>
    public static PlaceSettings? SettingsOf(SampleStageSection section) => section.Place is { } place
        ? new PlaceSettings(place, section.Tolerance, section.Settle, section.Timeout, section.Attempts)
        : null;

    private static (string Problem, string Remedy) NoStage(MicroscopeSection microscope) => microscope switch
    {
        PreacquiredSection => (
            "a data set has one field and no stage", "remove sampleStage; name another data set with microscope.data"),
        SimulatedSection => (
            "a simulated microscope has one field and no stage",
            "remove sampleStage; take another sample with microscope.sampleSeed, or the simulated instrument of a "
            + "bridge, which has a stage (docs/instruments.md)"),
        AsyncroscopySection => (
            "asyncroscopy tells where the stage is and does not move it",
            "remove sampleStage and go there by hand, or take a bridge"),
        _ => (
            "the bridge does not move the stage of this microscope",
            "remove sampleStage, or let the bridge move it (docs/instruments.md)"),
    };
}
