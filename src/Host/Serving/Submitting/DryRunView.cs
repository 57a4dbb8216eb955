using DklActors.Host.Composition;
using DklActors.Host.Recipes;
using DklActors.Host.Serving.Contract;

namespace DklActors.Host.Serving.Submitting;

/// <summary>What a dry run found, as the daemon tells it.</summary>
internal static class DryRunView
{
    public static EstimateView Of(Experiment experiment, string instrument)
    {
        Recipe recipe = experiment.Recipe;
        int points = recipe.Planner.Seeds + recipe.Planner.Measurements;
        return new EstimateView
        {
            Name = recipe.Name,
            Instrument = instrument,
            InstrumentDescription = experiment.Microscope.Description,
            Points = points,
            Exposures = points * (1 + experiment.Scalarizer.Neighbours.Length),
            Candidates = 0,
            DurationS = 0,
            Electrons = 0,
            DosePerPixel = 0,
            LimitElectrons = recipe.Limits.TotalElectrons,
            LimitPerPixel = recipe.Limits.DosePerPixel?.ElectronsPerSquareAngstrom,
            Warnings = [],
        };
    }
}
