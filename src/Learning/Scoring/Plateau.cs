using MathNet.Numerics.Distributions;

namespace DklActors.Learning.Scoring;

/// <summary>
/// How much a positive quantity has changed over a run of numbers, by a straight line through its logarithms, and how
/// sure that is.
/// </summary>
/// <remarks>
/// Ordinary least squares of y = ln q on n; over the length L of the window the change is b·L with the one-sided 95 %
/// bounds ± t(0.95, k − 2)·se(b)·L. Both within ± ln 1/(1 − x) is the equivalence test by two one-sided tests
/// (Schuirmann 1987, J. Pharmacokin. Biopharm. 15, 657): it shows that nothing changes, where "not significantly
/// falling" would only show that little is known. The values that follow one another are not independent, so that 5 %
/// is nominal: jumps, as of a refit, widen the bounds and put the end off; a smooth fall is what it is.
/// </remarks>
/// <param name="Change">Change of ln q over the window; negative where q fell.</param>
/// <param name="HalfWidth">Half the 90 % interval of the change.</param>
public readonly record struct Plateau(double Change, double HalfWidth)
{
    private const int FewestValues = 3;
    private const double Confidence = 0.95;

    /// <summary>The largest change that cannot be ruled out, up or down, as |Δ ln q|.</summary>
    public double Most => Math.Abs(Change) + HalfWidth;

    /// <summary>Whether q has changed by less than a share, up or down.</summary>
    /// <param name="share">Such as 0.05.</param>
    public bool IsWithin(double share) => Most < -Math.Log(1.0 - share);

    /// <param name="values">Number and quantity, k of them; the numbers differ.</param>
    /// <returns>Null for fewer than three, and where a quantity is not a positive number.</returns>
    public static Plateau? Of(IReadOnlyList<(double Number, double Quantity)> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count < FewestValues || values.Any(static value => !(value.Quantity > 0.0)
            || double.IsInfinity(value.Quantity)))
        {
            return null;
        }

        double meanNumber = values.Average(static value => value.Number);
        double meanLog = values.Average(static value => Math.Log(value.Quantity));
        double spread = 0.0, product = 0.0;
        foreach ((double number, double quantity) in values)
        {
            spread += (number - meanNumber) * (number - meanNumber);
            product += (number - meanNumber) * (Math.Log(quantity) - meanLog);
        }

        double slope = product / spread, squares = 0.0;
        foreach ((double number, double quantity) in values)
        {
            double residual = Math.Log(quantity) - meanLog - (slope * (number - meanNumber));
            squares += residual * residual;
        }

        double length = values.Max(static value => value.Number) - values.Min(static value => value.Number);
        int freedom = values.Count - 2;
        double error = Math.Sqrt(squares / freedom / spread);
        return new Plateau(slope * length, StudentT.InvCDF(0.0, 1.0, freedom, Confidence) * error * length);
    }
}
