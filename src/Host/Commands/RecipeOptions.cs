using System.CommandLine;

namespace DklActors.Host.Commands;

/// <summary>The recipe and what replaces its values, for every command that takes one.</summary>
internal sealed class RecipeOptions
{
    public static readonly string SampleRecipe =
        Path.Combine(AppContext.BaseDirectory, "samples", "nanoparticles.yaml");

    public Argument<string?> Recipe { get; } = new("RECIPE")
    {
        Description = "The recipe (YAML). Without it: the sample experiment.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public Option<string?> Data { get; } = new("--data")
    {
        Description = "The data set of a preacquired microscope; short for --set microscope.data=FILE.",
        HelpName = "FILE",
    };

    public Option<ulong?> Seed { get; } = new("--seed")
    {
        Description = "Seed of every random choice; short for --set seed=N.",
        HelpName = "N",
    };

    public Option<string[]> Set { get; } = new("--set")
    {
        Description = "Replace a value of the recipe, such as --set exposure.dwell=\"20 ms\". May be repeated.",
        HelpName = "key=value",
        DefaultValueFactory = _ => [],
    };

    public string PathOf(ParseResult parsed) => parsed.GetValue(Recipe) ?? SampleRecipe;

    /// <exception cref="UsageException">A --set without a key and a value.</exception>
    public List<(string Key, string Value)> OverridesOf(ParseResult parsed)
    {
        List<(string Key, string Value)> overrides = ChangesOf(parsed);
        if (parsed.GetResult(Seed) is not null && parsed.GetValue(Seed) is { } seed)
        {
            overrides.Add(("seed", seed.ToString()));
        }

        if (parsed.GetValue(Data) is { } data)
        {
            overrides.Add(("microscope.data", data));
        }

        return overrides;
    }

    /// <summary>What <c>--set</c> says alone.</summary>
    /// <exception cref="UsageException">A --set without a key and a value.</exception>
    public List<(string Key, string Value)> ChangesOf(ParseResult parsed) =>
        [.. parsed.GetValue(Set)!.Select(Override)];

    private static (string Key, string Value) Override(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? (text[..equals].Trim(), text[(equals + 1)..])
            : throw new UsageException($"--set {text}: expected key=value, such as --set planner.measurements=20.");
    }
}
