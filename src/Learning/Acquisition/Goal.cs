namespace DklActors.Learning.Acquisition;

/// <summary>Which scalars are searched for: the largest, the smallest, or those in a target range.</summary>
public sealed record Goal
{
    private Goal(GoalKind kind, double low, double high)
    {
        Kind = kind;
        Low = low;
        High = high;
    }

    public static Goal Maximise { get; } = new(GoalKind.Maximise, double.NaN, double.NaN);

    public static Goal Minimise { get; } = new(GoalKind.Minimise, double.NaN, double.NaN);

    public GoalKind Kind { get; }

    /// <summary>Lower end of the target, in the scalarizer's unit; NaN without a target.</summary>
    public double Low { get; }

    /// <summary>Upper end of the target, in the scalarizer's unit; NaN without a target.</summary>
    public double High { get; }

    /// <summary>As journaled: <c>maximise</c>, <c>minimise</c>, <c>hit(3)</c>, <c>hit(3 .. 4)</c>.</summary>
    public string Identity => Kind switch
    {
        GoalKind.Maximise => "maximise",
        GoalKind.Minimise => "minimise",
        _ when Low == High => FormattableString.Invariant($"hit({Low:R})"),
        _ => FormattableString.Invariant($"hit({Low:R} .. {High:R})"),
    };

    /// <param name="low">Lower end, in the scalarizer's unit.</param>
    /// <param name="high">Upper end; equal to the lower one for a single value.</param>
    /// <exception cref="ArgumentException">An end is not finite, or they are the wrong way round.</exception>
    public static Goal Hit(double low, double high) =>
        double.IsFinite(low) && double.IsFinite(high) && low <= high
            ? new Goal(GoalKind.Hit, low, high)
            : throw new ArgumentException(
                $"The target {low} .. {high} is no range of finite values. Write the lower one first.", nameof(low));

    /// <inheritdoc cref="Hit(double, double)"/>
    public static Goal Hit(double value) => Hit(value, value);

    /// <summary>
    /// How good a value is, in the scalarizer's unit, greater is better: the value, its negative, or minus its
    /// distance to the target.
    /// </summary>
    public double Merit(double value) => Kind switch
    {
        GoalKind.Maximise => value,
        GoalKind.Minimise => -value,
        _ => -Math.Max(Math.Max(Low - value, value - High), 0.0),
    };

    /// <summary>The value of greatest merit; of equals, the first.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public double BestOf(IEnumerable<double> values) => values.MaxBy(Merit);

    public override string ToString() => Identity;
}
