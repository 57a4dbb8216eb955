using DklActors.Actors.Budgeting;
using DklActors.Actors.Dosimetry;
using DklActors.Host.Recipes;
using DklActors.Host.Recipes.Sections;
using DklActors.Instruments.Ports;
using DklActors.Messages.Units;

namespace DklActors.Host.Composition;

/// <summary>From the budget's section of a recipe to what a run is held to.</summary>
internal static class BudgetBuilder
{
    public static RunBudget Build(BudgetSection budget) => new(
        budget.Electrons,
        budget.DosePerPixel,
        budget.Duration,
        AimOf(budget) is { } aim ? new ConvergenceBudget(aim, budget.Tolerance!.Value, budget.Over!.Value) : null);

    /// <summary>What the planner notes at each decision; null where no budget asks.</summary>
    public static ConvergenceAim? AimOf(BudgetSection budget) => budget.Convergence switch
    {
        ConvergenceKind.Map => ConvergenceAim.Map,
        ConvergenceKind.Best => ConvergenceAim.Best,
        _ => null,
    };

    /// <summary>Whether at least one point can be measured.</summary>
    /// <exception cref="RecipeException">The structural image and one exposure pass a budget.</exception>
    public static void Check(Recipe recipe, RecipeOrigins origins, IInstrument microscope)
    {
        BeamCurrent current = microscope.BeamCurrent;
        double survey = current.ElectronsDuring(microscope.Survey.Duration);
        double exposure = current.ElectronsDuring(recipe.Exposure.Longest);
        if (recipe.Budget.Electrons is { } most && survey + exposure > most)
        {
            throw new RecipeException(origins.ErrorAt(
                "budget.electrons",
                FormattableString.Invariant(
                    $"nothing could be measured: the structural image takes {survey:G4} electrons, and one exposure ")
                + FormattableString.Invariant($"may take {exposure:G4} in its longest time"),
                "raise it, or lower exposure.dwell, exposure.longest or microscope.beamCurrent"));
        }

        // Where only the survey tells the size of a pixel, the run itself tells.
        if (microscope.Facts.PixelSize is not { } pixel)
        {
            return;
        }

        Dose dose = DoseLedger.DoseOf((survey / microscope.Probe.ScanWindow.Count) + exposure, pixel);
        if (recipe.Budget.DosePerPixel is { } highest && dose > highest)
        {
            throw new RecipeException(origins.ErrorAt(
                "budget.dosePerPixel",
                $"nothing could be measured: one exposure may give a pixel {dose} in its longest time",
                "raise it, or lower exposure.dwell, exposure.longest or microscope.beamCurrent"));
        }
    }
}
