using DklActors.Actors.Dosimetry;
using DklActors.Actors.Experiments;
using DklActors.Messages.Events;

namespace DklActors.Actors.Budgeting;

/// <summary>How far a budget is used.</summary>
/// <param name="Budget">Which.</param>
/// <param name="Used">In the unit of <see cref="BudgetKind"/>; null where it cannot be told yet.</param>
/// <param name="Allowed">In the same unit.</param>
public sealed record BudgetUse(BudgetKind Budget, double? Used, double Allowed)
{
    /// <summary>
    /// From 0, nothing used, to 1, used up. What is left to learn falls towards its budget, so that there it is the
    /// quotient the other way round.
    /// </summary>
    public double Share => Used is not { } used ? 0
        : Budget == BudgetKind.Convergence ? Math.Min(1, Allowed / Math.Max(used, Allowed))
        : Math.Clamp(used / Allowed, 0, 1);

    /// <summary>Dose of the pixel that has had most, e/Å²; 0 before there is an image.</summary>
    public static double HighestDoseIn(ExperimentState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Survey is { } survey
            ? DoseLedger.DoseOf(
                state.Dose.ElectronsEverywhere + state.Dose.ElectronsByPixel.Values.DefaultIfEmpty().Max(),
                survey.PixelSize).ElectronsPerSquareAngstrom
            : 0;
    }

    /// <summary>All budgets of a run, in the order of the enumeration.</summary>
    public static IEnumerable<BudgetUse> Of(RunBudget budget, ExperimentState state)
    {
        ArgumentNullException.ThrowIfNull(budget);
        ArgumentNullException.ThrowIfNull(state);
        if (budget.Electrons is { } electrons)
        {
            yield return new BudgetUse(BudgetKind.Electrons, state.Dose.TotalElectrons, electrons);
        }

        if (budget.PerPixel is { } perPixel)
        {
            yield return new BudgetUse(
                BudgetKind.DosePerPixel, HighestDoseIn(state), perPixel.ElectronsPerSquareAngstrom);
        }

        if (budget.Duration is { } duration)
        {
            yield return new BudgetUse(BudgetKind.Duration, state.Worked.TotalSeconds, duration.TotalSeconds);
        }

        if (budget.Convergence is { } convergence)
        {
            yield return new BudgetUse(
                BudgetKind.Convergence, Convergence.MeasureOf(convergence, state), convergence.Tolerance);
        }
    }
}
