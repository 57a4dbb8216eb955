namespace DklActors.Host.Figures.Axes;

/// <summary>Labels as short as they can be while neighbours differ; a true minus sign, × 10ⁿ written as e.</summary>
internal static class TickLabels
{
    public static IReadOnlyList<Tick> For(double[] values, double step)
    {
        double largest = values.Select(Math.Abs).DefaultIfEmpty(0).Max();
        int power = step > 0 ? (int)Math.Floor(Math.Log10(step) + 1e-9) : 0;

        // 2.5 needs one digit more than its power of ten.
        double mantissa = step / Math.Pow(10, power);
        int digits = Math.Abs(mantissa - Math.Round(mantissa)) > 1e-6 ? 1 - power : -power;
        bool isPlain = largest is 0 or (>= 1e-3 and < 1e6) && digits <= 6;
        return [.. values.Select(value => new Tick(
            value, isPlain ? Plain(value, Math.Max(0, digits)) : Scientific(value, largest, digits)))];
    }

    /// <summary>The label of one value that stands alone.</summary>
    public static string Of(double value)
    {
        double size = Math.Abs(value);
        return Minus(size is 0 or (>= 1e-4 and < 1e6) ? value.ToString("0.######") : value.ToString("0.###e0"));
    }

    /// <summary>A value in running text: three significant digits.</summary>
    public static string Significant(double value) =>
        Minus(value.ToString("G3").Replace("E+", "e").Replace("E-0", "e-").Replace("e0", "e"));

    private static string Plain(double value, int digits) => Minus(value.ToString($"F{digits}"));

    private static string Scientific(double value, double largest, int digits)
    {
        if (value == 0)
        {
            return "0";
        }

        // All labels of an axis show the same digits: as many as the step leaves behind the largest value's first.
        int power = (int)Math.Floor(Math.Log10(largest));
        int shown = Math.Clamp(power + digits, 0, 12);
        return Minus(value.ToString($"0.{new string('0', shown)}e0"));
    }

    private static string Minus(string text) => text.Replace('-', '−');
}
