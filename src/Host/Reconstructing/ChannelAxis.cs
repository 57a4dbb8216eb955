using DklActors.Host.Figures.Colours;
using DklActors.Messages.Frames;

namespace DklActors.Host.Reconstructing;

/// <summary>Where a spectrum's channels lie on the axis of a figure, and which of them are worth showing.</summary>
internal sealed record ChannelAxis
{
    // Counts left out at either end, of all in the mean spectrum.
    private const double LeftOut = 0.004;

    // From this energy on, figures are in keV.
    private const double ManyElectronVolts = 5000;

    private const double PerKiloelectronVolt = 1000;

    private readonly EnergyAxis _axis;
    private readonly double _unit;

    public ChannelAxis(EnergyAxis axis, IReadOnlyList<double> mean)
    {
        _axis = axis;
        _unit = axis.Last.Value >= ManyElectronVolts ? PerKiloelectronVolt : 1;
        double total = mean.Sum(static value => Math.Max(value, 0));
        First = ChannelWhere(mean, LeftOut * total);
        Last = Math.Min(Math.Max(ChannelWhere(mean, (1 - LeftOut) * total), First + 1), mean.Count - 1);
    }

    /// <summary>First channel shown.</summary>
    public int First { get; }

    /// <summary>Last channel shown.</summary>
    public int Last { get; }

    public string Label => _unit == 1 ? "energy (eV)" : "energy (keV)";

    public ValueRange Range => new(EnergyAt(First), EnergyAt(Last));

    public double EnergyAt(int channel) => _axis[channel].Value / _unit;

    /// <summary>An energy in eV, on this axis.</summary>
    public double FromElectronVolts(double energy) => energy / _unit;

    /// <summary>The shown part of some C values as points; neighbours are averaged where there are too many.</summary>
    public IReadOnlyList<(double X, double Y)> Points(IReadOnlyList<double> values, int most)
    {
        int width = ((Last - First) / most) + 1;
        return
        [
            .. Enumerable.Range(0, (Last - First + width) / width).Select(bin =>
            {
                int start = First + (bin * width), end = Math.Min(start + width, Last + 1);
                return (
                    0.5 * (EnergyAt(start) + EnergyAt(end - 1)),
                    Enumerable.Range(start, end - start).Average(j => values[j]));
            }),
        ];
    }

    /// <summary>
    /// The values within a range of this axis as points; neighbours are averaged where there are too many.
    /// </summary>
    public IEnumerable<(double X, double Y)> AllPoints(IReadOnlyList<double> values, ValueRange range, int most)
    {
        int[] inside =
        [
            .. Enumerable.Range(0, values.Count).Where(i => EnergyAt(i) >= range.Low && EnergyAt(i) <= range.High),
        ];
        return inside.Chunk(Math.Max(1, inside.Length / most))
            .Select(bin => (bin.Average(EnergyAt), bin.Average(i => values[i])));
    }

    // The channel in which the running sum reaches a value.
    private static int ChannelWhere(IReadOnlyList<double> mean, double wanted)
    {
        double sum = 0;
        int channel = 0;
        while (channel < mean.Count - 1 && (sum += Math.Max(mean[channel], 0)) < wanted)
        {
            channel++;
        }

        return channel;
    }
}
