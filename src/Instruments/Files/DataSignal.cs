namespace DklActors.Instruments.Files;

/// <summary>An image, spectrum, spectrum image or set of patterns with what a file says about it.</summary>
/// <param name="Title">What people call it; may be empty.</param>
/// <param name="Axes">Its dimensions, slowest first.</param>
/// <param name="Read">Opens its elements.</param>
internal sealed record DataSignal(string Title, IReadOnlyList<DataAxis> Axes, Func<DataArray> Read)
{
    private const double AlikeTolerance = 1e-6;

    /// <summary>Energies of the channels, eV; null where the last axis is none of energy.</summary>
    public double[]? Energies => Axes is [.., var last] && last.ElectronVoltsPerUnit is { } unit
        ? [.. Enumerable.Range(0, last.Length).Select(channel => last[channel] * unit)]
        : null;

    /// <summary>
    /// Distance of neighbours on the sample, nm: along the axes of the probe, or along those of an image. Null where
    /// they are not calibrated, or not alike.
    /// </summary>
    public double? PixelSizeInNanometres
    {
        get
        {
            bool isScan = Axes.Any(static axis => axis.Role == AxisRole.Navigation);
            double?[] sizes =
            [
                .. Axes.Where(axis => isScan ? axis.Role == AxisRole.Navigation : axis.ElectronVoltsPerUnit is null)
                    .Select(static axis => axis.Scale * axis.NanometresPerUnit),
            ];
            return sizes.Length > 0 && sizes[0] is { } first && first > 0
                && sizes.All(size => Math.Abs((size ?? double.NaN) - first) <= AlikeTolerance * first)
                ? first
                : null;
        }
    }
}
