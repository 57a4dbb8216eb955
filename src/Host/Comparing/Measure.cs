using System.Globalization;
using DklActors.Learning.Ladder;

namespace DklActors.Host.Comparing;

/// <summary>One column of a comparison.</summary>
/// <param name="Name">As in the heading of a table.</param>
/// <param name="Meaning">In words, for titles.</param>
/// <param name="Value">Its value after a step.</param>
/// <param name="Format">How many digits say something.</param>
/// <param name="Ideal">The value that an honest model has, or null where less or more is simply better.</param>
internal sealed record Measure(
    string Name, string Meaning, Func<LadderStep, double> Value, string Format, double? Ideal = null)
{
    /// <summary>Less is better.</summary>
    public static Measure Rmse { get; } =
        new("RMSE", "Error of the map, scaled to 0–1", step => step.Score.Rmse, "F3")
        {
            TieAsShare = 0.05,
        };

    /// <summary>Less is better.</summary>
    public static Measure Nlpd { get; } =
        new("NLPD", "Negative log predictive density", step => step.Score.Nlpd, "F2")
        {
            // About what an error, or an interval, that is 5 % too wide costs.
            TieInUnits = 0.05,
        };

    public static IReadOnlyList<Measure> All { get; } =
    [
        Rmse,
        Nlpd,
        new("R²", "Share of the variance explained", step => step.Score.RSquared, "F3"),
        new("Spearman", "Rank correlation with the truth", step => step.Score.Spearman, "F3"),
        new("in 68 %", "Share of the map within its 68 % interval", step => step.Score.Coverage68, "F2", 0.68),
        new("in 95 %", "Share of the map within its 95 % interval", step => step.Score.Coverage95, "F2", 0.95),
        new("best", "Best value found, scaled to 0–1", step => step.BestFound, "F3"),
        new("regret", "Simple regret: what the best found still lacks", step => 1.0 - step.BestFound, "F3"),
        new("refit/ms", "Time of a refit", step => step.Refit.TotalMilliseconds, "F0"),
    ];

    /// <summary>Differences up to this share of the smaller value are a tie, however sure they are.</summary>
    public double TieAsShare { get; init; }

    /// <summary>Differences up to this are a tie, however sure they are; in the measure's own unit.</summary>
    public double TieInUnits { get; init; }

    public bool LessIsBetter => Name is "RMSE" or "NLPD";

    public string TextOf(double value) =>
        value.ToString(Format, CultureInfo.InvariantCulture).Replace('-', '−');

    /// <summary>Linear interpolation between order statistics; NaN for no values.</summary>
    public static double Quantile(IEnumerable<double> values, double fraction)
    {
        double[] sorted = [.. values.Where(double.IsFinite).Order()];
        if (sorted.Length == 0)
        {
            return double.NaN;
        }

        double place = fraction * (sorted.Length - 1);
        int below = (int)place;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
