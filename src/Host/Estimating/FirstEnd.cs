using DklActors.Host.Recipes.Keys;
using DklActors.Host.Recipes.Sections;

namespace DklActors.Host.Estimating;

/// <summary>The budget that will probably be used up first.</summary>
/// <param name="By">Its key.</param>
/// <param name="Points">Points measured by then.</param>
internal sealed record FirstEnd(string By, long Points)
{
    /// <summary>
    /// As the rule counts it: a point is begun where its exposures, each for its longest time, fit. That budget of one
    /// pixel is not foreseen: each place is exposed once, unless exposures fail. Nor is convergence.
    /// </summary>
    public static FirstEnd Of(BudgetSection budget, RunSize size, RunDose dose)
    {
        var end = new FirstEnd(RecipeKeys.Measurements.Path, size.Points);
        int each = size.Neighbours + 1;
        if (budget.Electrons is { } most)
        {
            // A point may begin with all the time that its exposures could take.
            double left = most - dose.Survey - (dose.Reservation * each);
            long points = left < 0 ? 0 : (long)Math.Min(int.MaxValue, Math.Floor(left / (dose.Exposure * each))) + 1;
            end = Nearer(end, RecipeKeys.BudgetElectrons.Path, points);
        }

        if (budget.Duration is { } longest)
        {
            // The point under way when it is over, and the one that waits for the beam, are still measured.
            TimeSpan left = longest - size.Survey;
            long points = left > TimeSpan.Zero ? (long)Math.Ceiling(left / (size.Each * each)) : 1;
            end = Nearer(end, RecipeKeys.BudgetDuration.Path, points);
        }

        return end;
    }

    private static FirstEnd Nearer(FirstEnd end, string key, long points) =>
        points < end.Points ? new FirstEnd(key, points) : end;
}
