using DklActors.Physics.Patterns;
using DklActors.Physics.Plugins;
using DklActors.Physics.Recorded;
using DklActors.Physics.Spectra;

namespace DklActors.Physics.Scalarizers;

/// <summary>The scalarizers that a recipe can name.</summary>
public static class ScalarizerCatalog
{
    private static readonly SortedDictionary<string, ScalarizerKind> ByName = new(
        ((IEnumerable<ScalarizerKind>)
            [.. SpectrumScalarizers.All, .. PatternScalarizers.All, RecordedValue.Kind, PluginScalarizer.Kind])
            .ToDictionary(static kind => kind.Name),
        StringComparer.Ordinal);

    /// <summary>All kinds, by name.</summary>
    public static IReadOnlyCollection<ScalarizerKind> All => ByName.Values;

    /// <summary>Names of the kinds, sorted.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. ByName.Keys];

    /// <summary>The kind of a name; null where there is none.</summary>
    public static ScalarizerKind? Find(string name) => ByName.GetValueOrDefault(name);

    /// <exception cref="ArgumentException">
    /// Unknown kind, a parameter that is missing, unknown or out of range; the message says which and what to do.
    /// </exception>
    public static IScalarizer Create(ScalarizerSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return ScalarizerCheck.ProblemOf(spec) is { } problem
            ? throw new ArgumentException(problem, nameof(spec))
            : ByName[spec.Kind].Create(spec);
    }
}
