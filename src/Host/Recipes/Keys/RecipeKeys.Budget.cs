using DklActors.Host.Recipes.Formats;
using DklActors.Host.Recipes.Sections;
using DklActors.Messages.Units;

namespace DklActors.Host.Recipes.Keys;

/// <summary>Keys of what completes a run. Left out, they leave a recipe's hash as it was.</summary>
internal static partial class RecipeKeys
{
    /// <summary>Share of the deviation of a map that does not change any more.</summary>
    public const double MapTolerance = 0.05;

    /// <summary>As Jones, Schonlau and Welch 1998 stop.</summary>
    public const double BestTolerance = 0.01;

    private static readonly RecipeCondition Converges = new("budget.convergence", "map", "best");

    public static readonly RecipeKey<Optional<double>> BudgetElectrons = new(
        "budget.electrons", new OptionalFormat<double>("none", new NumberFormat(1, 1e30)),
        "Electrons on the sample, the structural image's included. A point that might pass it is not begun, and the "
        + "run is complete.")
    {
        Default = "none",
        IsTacit = true,
    };

    public static readonly RecipeKey<Optional<Dose>> BudgetPerPixel = new(
        "budget.dosePerPixel",
        new OptionalFormat<Dose>("none", new QuantityFormat<Dose>(
            UnitTable.Dose, 1e-6, 1e12, static value => new Dose(value),
            static dose => dose.ElectronsPerSquareAngstrom)),
        "Dose of one pixel. When a point might take one beyond it, the run is complete; limits.dosePerPixel leaves "
        + "the point out and goes on.")
    {
        Default = "none",
        IsTacit = true,
    };

    public static readonly RecipeKey<Optional<TimeSpan>> BudgetDuration = new(
        "budget.duration", new OptionalFormat<TimeSpan>("none", Known.Times(1, 2_592_000_000)),
        "Time at work, pauses included, the time between a crash and its resumption not. The run is complete with the "
        + "point under way when it is over.")
    {
        Default = "none",
        IsTacit = true,
    };

    public static readonly RecipeKey<ConvergenceKind> BudgetConvergence = new(
        "budget.convergence",
        new ChoiceFormat<ConvergenceKind>(
            (ConvergenceKind.None, "none"), (ConvergenceKind.Map, "map"), (ConvergenceKind.Best, "best")),
        "When enough is known (docs/budgets.md): map, when the map's deviation has settled; best, when no improvement "
        + "on the best scalar is expected any more.")
    {
        Default = "none",
        IsTacit = true,
    };

    public static readonly RecipeKey<double> BudgetTolerance = new(
        "budget.tolerance", new NumberFormat(1e-6, 0.9),
        "map: share by which the map's deviation may still change over the last points; best: share of the range of "
        + "the scalars that the next measurement may still be expected to bring.")
    {
        DefaultInWords = "0.05 for map, 0.01 for best",
        Condition = Converges,
    };

    public static readonly RecipeKey<int> BudgetOver = new(
        "budget.over", new WholeFormat(5, 1000), "Number of observations in a row that have to say so.")
    {
        Default = "10",
        Condition = Converges,
    };
}
