using DklActors.Actors.Experiments;
using DklActors.Host.Recipes;
using DklActors.Instruments.Virtual;
using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Physics.Scalarizers;

namespace DklActors.Host.Composition;

/// <summary>A recipe resolved: everything but the journal.</summary>
internal sealed record Experiment(
    Recipe Recipe,
    VirtualMicroscope Microscope,
    IScalarizer Scalarizer,
    Func<CandidateSet, IDklEngine> CreateEngine,
    Func<string, ExperimentSettings> SettingsFor);
