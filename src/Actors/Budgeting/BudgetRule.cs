using DklActors.Actors.Dosimetry;
using DklActors.Actors.Experiments;
using DklActors.Messages;
using DklActors.Messages.Events;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Actors.Budgeting;

/// <summary>
/// Whether a point may be begun. A pure function of the events before it and of what one exposure sets aside, so that
/// a replay ends the run at the same point.
/// </summary>
/// <remarks>
/// A point is begun with its first exposure and takes its neighbours along: duration and convergence never part them,
/// and their dose counts in advance. A repeated exposure asks for its own dose alone. Dose is counted as reserved, for
/// the longest time that the beam can be on, so that no budget on it is ever passed.
/// </remarks>
internal static class BudgetRule
{
    /// <summary>The budget that forbids an exposure, in the order of the enumeration; null where none does.</summary>
    /// <param name="budget">The budgets.</param>
    /// <param name="before">The fold of all events before the exposure's intent.</param>
    /// <param name="point">The point to be exposed.</param>
    /// <param name="pixel">Where the probe stands.</param>
    /// <param name="reserve">Electrons that one exposure sets aside.</param>
    /// <param name="pixelSize">Edge of a pixel on the sample.</param>
    public static BudgetReached? ReachedBefore(
        RunBudget budget,
        ExperimentState before,
        PointId point,
        GridPoint pixel,
        double reserve,
        Nanometre pixelSize)
    {
        if (budget.IsNone)
        {
            return null;
        }

        PointState[] group = GroupOf(before, point);
        bool isBegun = Array.Exists(group, static member => member.Attempts > 0);
        PointState[] toCome = isBegun
            ? [before.Points[point]]
            : Array.FindAll(group, static member => member.IsOutstanding);
        DoseLedger dose = before.Dose;
        double needed = reserve * toCome.Length;
        if (budget.Electrons is { } most && dose.TotalElectrons + needed > most)
        {
            return Reached(BudgetKind.Electrons, dose.TotalElectrons, most, FormattableString.Invariant(
                $"{dose.TotalElectrons:G4} of {most:G4} electrons are used, and the next point may take {needed:G4}."));
        }

        double highest = toCome.Max(member => DoseLedger.DoseOf(
            dose.ElectronsAt(member.Id == point ? pixel : member.Target) + reserve, pixelSize)
            .ElectronsPerSquareAngstrom);
        if (budget.PerPixel is { } perPixel && highest > perPixel.ElectronsPerSquareAngstrom)
        {
            return Reached(
                BudgetKind.DosePerPixel, BudgetUse.HighestDoseIn(before), perPixel.ElectronsPerSquareAngstrom,
                FormattableString.Invariant(
                    $"The next point may take a pixel to {highest:G4} e/A^2, beyond the {perPixel} that it may have."));
        }

        if (isBegun)
        {
            return null;
        }

        if (budget.Duration is { } longest && before.Worked >= longest)
        {
            return Reached(
                BudgetKind.Duration, before.Worked.TotalSeconds, longest.TotalSeconds, FormattableString.Invariant(
                    $"The run has worked for {before.Worked.TotalSeconds:F1} s of {longest.TotalSeconds:G6} s."));
        }

        return budget.Convergence is { } convergence && Convergence.MeasureOf(convergence, before) is { } measure
            && measure < convergence.Tolerance
            ? Reached(BudgetKind.Convergence, measure, convergence.Tolerance, WordsOf(convergence, measure))
            : null;

        BudgetReached Reached(BudgetKind kind, double used, double allowed, string reason) =>
            new(kind, point, pixel, reserve, used, allowed, reason);
    }

    private static string WordsOf(ConvergenceBudget convergence, double measure) => convergence.Aim switch
    {
        ConvergenceAim.Map => FormattableString.Invariant(
            $"Converged: over the last {convergence.Points} observations the map's deviation has changed by less than ")
            + FormattableString.Invariant($"{convergence.Tolerance:P1} (at most {measure:P1}, 95 % sure either way)."),
        _ => FormattableString.Invariant(
            $"Converged: at none of the last {convergence.Points} observations was an improvement expected of more ")
            + FormattableString.Invariant(
                $"than {convergence.Tolerance:P1} of the scalars' range (at most {measure:P2})."),
    };

    /// <summary>A point and the neighbours that are measured for its scalar.</summary>
    private static PointState[] GroupOf(ExperimentState state, PointId point)
    {
        PointId centre = state.Points[point].Centre ?? point;
        List<PointState> group = [state.Points[centre]];
        // A point's neighbours follow it in number.
        for (int number = centre.Value + 1; state.Points.TryGetValue(new PointId(number), out PointState? next)
            && next.Centre == centre; number++)
        {
            group.Add(next);
        }

        return [.. group];
    }
}
