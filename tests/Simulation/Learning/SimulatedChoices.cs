using System.Collections.Immutable;
using DklActors.Actors.Controlling;
using DklActors.Actors.Experiments;
using DklActors.Learning.Acquisition;
using DklActors.Physics.Scalarizers;
using DklActors.Simulation.Worlds;

namespace DklActors.Simulation.Learning;

/// <summary>What persons of a world can choose, by a word each.</summary>
internal sealed class SimulatedChoices(World world, Func<IScalarizer, IScalarizer> wrap) : IRunChoices
{
    public static readonly ImmutableArray<string> Scalarizers = ["band", "other", "cross"];

    public static readonly ImmutableArray<string> Acquisitions =
        ["thompson", "expected-improvement", "upper-confidence-bound", "maximum-uncertainty"];

    public static ImmutableSortedDictionary<string, string> Keys(string key, string word) =>
        ImmutableSortedDictionary<string, string>.Empty.Add(key, word);

    public IScalarizer Scalarizer(ImmutableSortedDictionary<string, string> keys) => keys["kind"] switch
    {
        "band" => wrap(Settings.Scalarizer),
        "other" => wrap(Settings.OtherScalarizer),
        "cross" => wrap(World.Cross),
        var kind => throw new ArgumentException($"There is no scalarizer '{kind}'.", nameof(keys)),
    };

    public PlanSettings Plan(ImmutableSortedDictionary<string, string> keys) =>
        world.Settings.Plan with { Acquisition = AcquisitionText.Parse(keys["acquisition"]) };
}
