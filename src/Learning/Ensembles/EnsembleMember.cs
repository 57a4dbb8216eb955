using DklActors.Learning.Engines;

namespace DklActors.Learning.Ensembles;

/// <summary>One model of an ensemble.</summary>
/// <param name="Name">What it is, in a word or two.</param>
/// <param name="Options">Its features, network and process.</param>
public sealed record EnsembleMember(string Name, DklOptions Options)
{
    /// <summary>Whether it looks at the structural image at all.</summary>
    public bool UsesStructure => Options.Features.UseStructure;
}
