using DklActors.Actors.Experiments;
using DklActors.Actors.Interlock;
using DklActors.Host.Composition;
using DklActors.Host.Recipes;
using DklActors.Host.Recipes.Keys;
using DklActors.Host.Reporting;

namespace DklActors.Host.Estimating;

/// <summary>
/// What would happen if a recipe were run now. The instrument is opened, and neither moved nor asked for beam; one over
/// a network is blanked and read back, where nobody else commands it.
/// </summary>
internal static class DryRun
{
    /// <summary>Checks the recipe against its instrument as a run does, and estimates what it takes.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="origins">Where its values were written.</param>
    /// <param name="time">The clock.</param>
    /// <param name="folder">Where the run would be kept, to see whether there is space; it need not exist.</param>
    /// <exception cref="RecipeException">The recipe does not fit the instrument.</exception>
    /// <exception cref="DklActors.Instruments.Ports.InstrumentException">Its beam does not blank.</exception>
    public static Estimate Of(Recipe recipe, RecipeOrigins origins, TimeProvider time, string folder = ".")
    {
        Experiment experiment = ExperimentBuilder.Build(recipe, origins, time);
        using (experiment.Microscope)
        {
            IReadOnlyList<string> instrument = experiment.Microscope.Check();
            RunSize size = RunSize.Of(experiment);
            RunDose dose = RunDose.Of(experiment);
            FirstEnd end = FirstEnd.Of(recipe.Budget, size, dose);
            long exposures = Math.Min(size.Exposures, end.Points * (1L + size.Neighbours));
            return new Estimate(
                recipe.Name,
                RecipeKeys.Microscope.Format.Format(MicroscopeBinder.KindOf(recipe.Microscope)),
                experiment.Microscope.Description,
                size.Points,
                size.Exposures,
                size.Candidates,
                (size with { Exposures = exposures }).Duration.TotalSeconds,
                dose.Survey + (dose.Exposure * exposures),
                dose.PerPixel(dose.Exposure)?.ElectronsPerSquareAngstrom,
                recipe.Limits.TotalElectrons,
                recipe.Limits.DosePerPixel?.ElectronsPerSquareAngstrom,
                end.By,
                end.Points,
                [.. instrument, .. DryRunWarnings.Of(experiment, size, dose, FreeBytesAt(folder))])
            {
                Stage = StageSummary.Of(recipe, ExperimentState.Empty),
            };
        }
    }

    /// <summary>Free bytes of the disk on which a folder is or would be; null where that cannot be told.</summary>
    private static long? FreeBytesAt(string folder)
    {
        string? existing = Path.GetFullPath(folder);
        while (existing is not null && !Directory.Exists(existing))
        {
            existing = Path.GetDirectoryName(existing);
        }

        try
        {
            return existing is null ? null : FreeDiskSuspender.FreeBytesOf(existing);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
