namespace DklActors.Host.Figures.Colours;

/// <summary>The values at the two ends of a colour map.</summary>
public readonly record struct ValueRange(double Low, double High)
{
    /// <summary>
    /// Least and largest finite value. Where all are equal the range is widened a little around them; where there is
    /// none it is 0 … 1.
    /// </summary>
    public static ValueRange Of(ReadOnlySpan<double> values)
    {
        double low = double.PositiveInfinity;
        double high = double.NegativeInfinity;
        foreach (double value in values)
        {
            if (double.IsFinite(value))
            {
                low = Math.Min(low, value);
                high = Math.Max(high, value);
            }
        }

        return low > high ? new ValueRange(0, 1) : Widened(low, high);
    }

    /// <summary>−a … a with a the largest finite magnitude, for a diverging map.</summary>
    public static ValueRange SymmetricOf(ReadOnlySpan<double> values)
    {
        ValueRange range = Of(values);
        double magnitude = Math.Max(Math.Abs(range.Low), Math.Abs(range.High));
        return new ValueRange(-magnitude, magnitude);
    }

    /// <summary>The range of all values of both, for maps that are to be compared.</summary>
    public ValueRange Union(ValueRange other) => new(Math.Min(Low, other.Low), Math.Max(High, other.High));

    /// <summary>0 at the lower end, 1 at the upper one; not clamped.</summary>
    public double FractionOf(double value) => (value - Low) / (High - Low);

    private static ValueRange Widened(double low, double high)
    {
        // Below one part in 10^12 the ticks of an axis could not be told apart.
        double least = Math.Max(Math.Abs(low), Math.Abs(high)) * 1e-12;
        if (high - low > least)
        {
            return new ValueRange(low, high);
        }

        double half = low == 0 ? 0.5 : Math.Abs(low) * 0.05;
        return new ValueRange(low - half, high + half);
    }
}
