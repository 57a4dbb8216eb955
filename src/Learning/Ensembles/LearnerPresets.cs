using System.Collections.Immutable;
using DklActors.Learning.Engines;
using DklActors.Learning.Features;
using DklActors.Learning.GaussianProcesses;
using DklActors.Learning.Networks;

namespace DklActors.Learning.Ensembles;

/// <summary>Named learners: the ensemble that is the default, and single models.</summary>
public static class LearnerPresets
{
    /// <summary>The default's name.</summary>
    public const string Default = "default";

    /// <summary>
    /// <c>default</c>: four deep-kernel models that see structure differently and a process on position alone, weighed
    /// by leave-one-out scores; and the single models of <see cref="DklPresets"/>.
    /// </summary>
    public static IReadOnlyList<string> Names { get; } = [Default, .. DklPresets.Names];

    /// <exception cref="ArgumentException">There is no preset of that name.</exception>
    public static LearnerOptions Create(string name) => name == Default ? Ensemble()
        : DklPresets.Names.Contains(name) ? LearnerOptions.Single(DklOptions.Preset(name))
        : throw new ArgumentException(
            $"There is no learning preset '{name}'. Choose one of {string.Join(", ", Names)}.", nameof(name));

    private static LearnerOptions Ensemble() => new(
    [
        new EnsembleMember("product", new DklOptions()),
        new EnsembleMember("sum", SumOfBlocks()),
        new EnsembleMember("symmetric", new DklOptions
        {
            Features = new FeatureOptions
            {
                PrincipalComponents = 0, DihedralComponents = 4, JetScalesInPixels = [1.0, 2.0, 4.0, 8.0],
            },
        }),
        new EnsembleMember("rings", new DklOptions
        {
            Features = FeatureOptions.Nothing with { RingComponents = 6, Position = true },
        }),
        new EnsembleMember("position", DklOptions.Preset("position")),
    ]);

    // What one block tells is added to what the others tell, so that a block that tells nothing costs nothing.
    private static DklOptions SumOfBlocks() => new()
    {
        Features = new FeatureOptions { PrincipalComponents = 8 },
        Network = NetworkOptions.None,
        Process = new ProcessOptions { Structure = KernelStructure.SumOverBlocks },
    };
}
