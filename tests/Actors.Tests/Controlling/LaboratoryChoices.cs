using System.Collections.Immutable;
using DklActors.Actors.Controlling;
using DklActors.Actors.Experiments;
using DklActors.Actors.Tests.Support;
using DklActors.Learning.Acquisition;
using DklActors.Messages.Frames;
using DklActors.Messages.Units;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Spectra;
using DklActors.Support.Scalarizers;

namespace DklActors.Actors.Tests.Controlling;

/// <summary>What a person can choose in the laboratory: "other" or "cross"; any acquisition function.</summary>
internal sealed class LaboratoryChoices(Laboratory laboratory) : IRunChoices
{
    /// <summary>Called before a scalarizer is made.</summary>
    public Action Making { get; set; } = () => { };

    public static ImmutableSortedDictionary<string, string> Keys(string key, string value) =>
        ImmutableSortedDictionary<string, string>.Empty.Add(key, value);

    public IScalarizer Scalarizer(ImmutableSortedDictionary<string, string> keys)
    {
        Making();
        return keys["kind"] switch
        {
            "own" => laboratory.Scalarizer,
            "other" => ScalarizerCatalog.Create(new ScalarizerSpec("band-mean").With(
                SpectrumParameters.Window, new EnergyWindow(new ElectronVolt(0.5), new ElectronVolt(2.5)))),
            "cross" => new CrossDifference(),
            var kind => throw new ArgumentException($"There is no '{kind}'."),
        };
    }

    public PlanSettings Plan(ImmutableSortedDictionary<string, string> keys) => laboratory.Settings.Plan with
    {
        Acquisition = AcquisitionText.Parse(keys["acquisition"]),
        Goal = Goal.Minimise,
    };
}
