using DklActors.Actors.Experiments;
using DklActors.Learning.Scoring;
using DklActors.Messages;
using DklActors.Messages.Events;

namespace DklActors.Actors.Budgeting;

/// <summary>Whether enough is known, by what the planner noted at its decisions, which is all journaled.</summary>
/// <remarks>
/// Map: <see cref="Plateau"/> of the map's deviation over the last observations. Best: the stopping rule of Jones,
/// Schonlau and Welch (1998, J. Global Optim. 13, 455, section 4), the greatest expected improvement below a share of
/// the range of the scalars, at each of the last observations and not once by chance.
/// </remarks>
internal static class Convergence
{
    /// <summary>Where it stands: converged when it is below the tolerance; null while too little is known.</summary>
    public static double? MeasureOf(ConvergenceBudget budget, ExperimentState state)
    {
        List<(double Number, double Quantity)> course = CourseOf(state, budget.Points);
        if (course.Count < budget.Points)
        {
            return null;
        }

        if (budget.Aim == ConvergenceAim.Best)
        {
            double most = course.Max(static value => value.Quantity);
            return double.IsFinite(most) ? most : null;
        }

        // As a share, so that it can be told beside the tolerance.
        return Plateau.Of(course) is { } plateau ? 1.0 - Math.Exp(-plateau.Most) : null;
    }

    /// <summary>
    /// Number of observations and what remained, newest first, one for each number. What was noted before a person
    /// chose otherwise is of another quantity.
    /// </summary>
    private static List<(double Number, double Quantity)> CourseOf(ExperimentState state, int most)
    {
        List<(double Number, double Quantity)> course = [];
        int last = int.MaxValue;
        for (int number = state.Points.Count; number > state.PointsAtChoice && course.Count < most; number--)
        {
            PointState point = state.Points[new PointId(number)];
            PlanningBasis basis = point.Basis;
            if (point.Centre is null && basis.Remaining is { } remaining && basis.Observations < last)
            {
                last = basis.Observations;
                course.Add((basis.Observations, remaining));
            }
        }

        return course;
    }
}
