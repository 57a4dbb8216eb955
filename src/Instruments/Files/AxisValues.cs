namespace DklActors.Instruments.Files;

/// <summary>Makes an axis of the values at its indices.</summary>
internal static class AxisValues
{
    private const double LargestDeviation = 0.01;

    /// <summary>
    /// An axis with scale and offset where the values are evenly spaced, else with the values themselves. Two values
    /// of a longer axis are its first two.
    /// </summary>
    public static DataAxis AxisOf(string name, int length, AxisRole role, string unit, double[]? values)
    {
        if (values is not [_, ..] || !values.All(double.IsFinite) || (values.Length != length && values.Length != 2))
        {
            return new DataAxis(name, length, role, unit);
        }

        double scale = values.Length > 1 ? (values[^1] - values[0]) / (values.Length - 1) : 1;
        bool isEven = !values.Where((value, i) =>
            Math.Abs(value - values[0] - (i * scale)) > LargestDeviation * Math.Abs(scale)).Any();
        var axis = new DataAxis(name, length, role, unit, scale == 0 ? 1 : scale, values[0] + 0.0);
        return isEven || values.Length != length ? axis : axis with { Values = values };
    }
}
