using DklActors.Learning.Ensembles;

namespace DklActors.Learning.Ladder;

/// <summary>
/// The ladder that deep kernel learning has to climb: each rung knows more than the one before, and one that does not
/// beat those below it on a data set has nothing to say there.
/// </summary>
public static class Strategies
{
    /// <summary>The rung that an experiment climbs to when nobody says otherwise.</summary>
    public const string Default = "dkl-ensemble";

    /// <summary>The rung that knows position alone, against which structure has to prove its use.</summary>
    public const string Position = "xy-gp";

    private static readonly Strategy[] Rungs =
    [
        new("random", "the default learner on points drawn at random", Preset("default"), ChoosesAtRandom: true),
        new(Position, "a Gaussian process on position alone: what structure is not needed for", Preset("position")),
        new("pca-gp", "a Gaussian process on eight principal components of the patches", Preset("pca")),
        new("features-gp", "a Gaussian process on all features, no network", Preset("features")),
        new("dkl", "features refined by a network, under a Gaussian process", Preset("dkl")),
        new(Default, "the default: several such models, weighed as the data arrive", Preset("default")),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. Rungs.Select(rung => rung.Name)];

    /// <exception cref="ArgumentException">There is no rung of that name.</exception>
    public static Strategy Named(string name) => Rungs.FirstOrDefault(rung => rung.Name == name)
        ?? throw new ArgumentException(
            $"There is no strategy '{name}'. Choose from {string.Join(", ", Names)}.", nameof(name));

    private static LearnerOptions Preset(string name) => LearnerPresets.Create(name);
}
