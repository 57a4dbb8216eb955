using DklActors.Messages.Scalars;

namespace DklActors.Physics.Patterns.Judging;

/// <summary>A number from a pattern, without the object that a <see cref="ScalarResult"/> is.</summary>
/// <param name="Value">NaN when bad.</param>
/// <param name="StandardError">From counting statistics, in the unit of the value; NaN when bad.</param>
/// <param name="Finding">Quality and reason.</param>
public readonly record struct Measured(double Value, double StandardError, Finding Finding)
{
    public static Measured Bad(string reason) => Bad(Finding.Bad(reason));

    public static Measured Bad(Finding finding) => new(double.NaN, double.NaN, finding);

    /// <summary>A value and its error; bad where either is no number.</summary>
    public static Measured Of(double value, double standardError, Finding finding) =>
        finding.IsBad ? Bad(finding)
        : double.IsFinite(value) && double.IsFinite(standardError) ? new Measured(value, standardError, finding)
        : Bad($"The value came out as {value} with a standard error of {standardError}.");

    public ScalarResult ToResult() => new(Value, StandardError, Finding.Quality, Finding.Reason);
}
