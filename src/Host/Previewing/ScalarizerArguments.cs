using DklActors.Host.Commands;
using DklActors.Host.Composition;
using DklActors.Host.Recipes.Formats;
using DklActors.Host.Recipes.Keys;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Scalarizers.Parameters;

namespace DklActors.Host.Previewing;

/// <summary>A scalarizer from arguments of the command line, which are written as a recipe writes them.</summary>
internal static class ScalarizerArguments
{
    private const string Section = "scalarizer.";
    private const string KindKey = "kind";

    /// <exception cref="UsageException">No such kind or key, a value that cannot be read, or one that is missing.
    /// </exception>
    public static ScalarizerSpec Parse(IReadOnlyList<(string Key, string Value)> arguments)
    {
        Dictionary<string, string> given = new(StringComparer.Ordinal);
        foreach ((string key, string value) in arguments)
        {
            given[key.StartsWith(Section, StringComparison.Ordinal) ? key[Section.Length..] : key] = value;
        }

        if (!given.Remove(KindKey, out string? name) || ScalarizerCatalog.Find(name) is not { } kind)
        {
            string? nearest = NearestName.Of(name ?? "", ScalarizerCatalog.Kinds);
            throw new UsageException(
                (name is null ? "--with kind=… is missing" : $"there is no scalarizer '{name}'")
                + (nearest is null ? "" : $"; did you mean '{nearest}'?")
                + $" Kinds are {string.Join(", ", ScalarizerCatalog.Kinds)}.");
        }

        var spec = new ScalarizerSpec(name);
        foreach ((string key, string text) in given)
        {
            ScalarizerParameter parameter = kind.Parameters.FirstOrDefault(known => known.Key == key)
                ?? throw new UsageException(
                    $"{name} has no parameter '{key}'; it takes "
                    + $"{string.Join(", ", kind.Parameters.Select(static known => known.Key))}.");
            Parsed<object> parsed = ScalarizerKeys.KeyOf(parameter).AnyFormat.ParseAny(text);
            if (!parsed.IsGood)
            {
                throw new UsageException($"--with {key}={text}: {parsed.Problem}; {parsed.Remedy}.");
            }

            spec = spec.WithAny(parameter, parsed.Value!);
        }

        return ScalarizerBuilder.WithArrays(spec);
    }
}
