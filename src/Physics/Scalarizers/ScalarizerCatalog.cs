using DklActors.Messages.Frames;

namespace DklActors.Physics.Scalarizers;

/// <summary>The scalarizers that a recipe can name.</summary>
public static class ScalarizerCatalog
{
    private sealed record Entry(int Windows, Func<ScalarizerSpec, IScalarizer> Create);

    private static readonly SortedDictionary<string, Entry> Entries = new(StringComparer.Ordinal)
    {
        [BandMean.Kind] = new(1, static spec => new BandMean(spec.Windows[0], spec.SaturationCounts)),
        [BandSum.Kind] = new(1, static spec => new BandSum(spec.Windows[0], spec.SaturationCounts)),
        [PeakMaximum.Kind] = new(1, static spec => new PeakMaximum(spec.Windows[0], spec.SaturationCounts)),
        [RecordedValue.Kind] = new(0, static _ => new RecordedValue()),
        [WindowRatio.Kind] =
            new(2, static spec => new WindowRatio(spec.Windows[0], spec.Windows[1], spec.SaturationCounts)),
    };

    /// <summary>Names of the kinds, sorted.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. Entries.Keys];

    /// <exception cref="ArgumentException">
    /// Unknown kind, wrong number of windows, a window without extent, or a saturation level that is not positive.
    /// </exception>
    public static IScalarizer Create(ScalarizerSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return ProblemOf(spec) is { } problem
            ? throw new ArgumentException(problem, nameof(spec))
            : Entries[spec.Kind].Create(spec);
    }

    /// <summary>What is wrong with a specification by itself, whatever the axis; null when nothing is.</summary>
    internal static string? ProblemOf(ScalarizerSpec spec)
    {
        if (!Entries.TryGetValue(spec.Kind, out Entry? entry))
        {
            return $"There is no scalarizer '{spec.Kind}'; use one of {string.Join(", ", Kinds)}.";
        }

        if (spec.Windows.Count != entry.Windows)
        {
            return $"Scalarizer {spec.Kind} needs {entry.Windows} energy window{(entry.Windows == 1 ? "" : "s")}, "
                + $"and {spec.Windows.Count} were given.";
        }

        foreach (EnergyWindow window in spec.Windows)
        {
            if (!double.IsFinite(window.Low.Value) || !double.IsFinite(window.High.Value) || window.Low >= window.High)
            {
                return $"Scalarizer {spec.Kind}: the window {window} is empty; its lower bound must be a number "
                    + "below its upper bound.";
            }
        }

        return spec.SaturationCounts is { } level && !(level > 0 && double.IsFinite(level))
            ? $"Scalarizer {spec.Kind}: a saturation level of {level} counts per channel is impossible; "
                + "give a positive number, or none."
            : null;
    }
}
