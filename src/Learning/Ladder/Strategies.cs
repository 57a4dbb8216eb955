using DklActors.Learning.Engines;
using DklActors.Learning.Features;
using DklActors.Learning.Networks;

namespace DklActors.Learning.Ladder;

/// <summary>
/// The ladder that deep kernel learning has to climb: each rung knows more than the one before, and one that does not
/// beat those below it on a data set has nothing to say there.
/// </summary>
public static class Strategies
{
    private static readonly Strategy[] Rungs =
    [
        new("random", "the default model on points drawn at random", new DklOptions(), ChoosesAtRandom: true),
        new("xy-gp", "a Gaussian process on position alone: what structure is not needed for", OnPosition()),
        new("pca-gp", "a Gaussian process on eight principal components of the patches", DklOptions.Preset("pca")),
        new("features-gp", "a Gaussian process on all features, no network", DklOptions.Preset("features")),
        new("dkl", "the default: features refined by a network, under a Gaussian process", new DklOptions()),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. Rungs.Select(rung => rung.Name)];

    /// <exception cref="ArgumentException">There is no rung of that name.</exception>
    public static Strategy Named(string name) => Rungs.FirstOrDefault(rung => rung.Name == name)
        ?? throw new ArgumentException(
            $"There is no strategy '{name}'. Choose from {string.Join(", ", Names)}.", nameof(name));

    private static DklOptions OnPosition() => new()
    {
        Features = FeatureOptions.Nothing with { Position = true },
        Network = NetworkOptions.None,
    };
}
