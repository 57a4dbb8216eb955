namespace DklActors.Host.Figures.Axes;

/// <summary>Tick values that are 1, 2, 2.5 or 5 times a power of ten apart.</summary>
public static class NiceTicks
{
    private static readonly double[] s_mantissas = [1, 2, 2.5, 5, 10];

    /// <summary>Ticks from <paramref name="low"/> to <paramref name="high"/>, about
    /// <paramref name="wanted"/> many.</summary>
    /// <exception cref="ArgumentException">The bounds are not finite, or not in order.</exception>
    public static IReadOnlyList<Tick> Linear(double low, double high, int wanted)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(wanted, 2);
        if (!double.IsFinite(high - low) || high <= low)
        {
            throw new ArgumentException($"No axis goes from {low} to {high}.", nameof(high));
        }

        double step = Step((high - low) / wanted);

        // The slack keeps a tick that rounding has moved just past the end.
        double slack = 1e-9 * (high - low);
        double first = Math.Ceiling((low - slack) / step);
        int count = (int)Math.Clamp(Math.Floor((high + slack) / step) - first + 1, 0, 100);
        double[] values = [.. Enumerable.Range(0, count).Select(i => Rounded((first + i) * step, step))];
        return TickLabels.For(values, step);
    }

    /// <summary>Ticks at powers of ten, and at 2 and 5 times them where there is room.</summary>
    /// <exception cref="ArgumentException">The bounds are not positive, finite and in order.</exception>
    public static IReadOnlyList<Tick> Logarithmic(double low, double high)
    {
        if (!(low > 0) || !double.IsFinite(high) || high <= low)
        {
            throw new ArgumentException($"No logarithmic axis goes from {low} to {high}.", nameof(high));
        }

        double decades = Math.Log10(high / low);
        double[] multiples = decades < 1.2 ? [1, 2, 3, 4, 5, 6, 8] : decades < 3 ? [1, 2, 5] : [1];
        int stride = Math.Max(1, (int)(decades / 6));
        var ticks = new List<Tick>();
        for (int power = (int)Math.Floor(Math.Log10(low)); power <= Math.Log10(high); power += stride)
        {
            foreach (double multiple in multiples)
            {
                double value = multiple * Math.Pow(10, power);
                if (value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9))
                {
                    ticks.Add(new Tick(value, TickLabels.Of(value)));
                }
            }
        }

        return ticks;
    }

    /// <summary>The least nice number that is not below <paramref name="rough"/>.</summary>
    public static double Step(double rough)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return power * s_mantissas.First(mantissa => mantissa * power >= rough * (1 - 1e-9));
    }

    // 0.30000000000000004 is 0.3.
    private static double Rounded(double value, double step)
    {
        const int MostDigits = 15;
        int digits = (int)Math.Max(2 - Math.Floor(Math.Log10(step)), 0);
        return digits > MostDigits ? value : Math.Round(value, digits) + 0.0;
    }
}
