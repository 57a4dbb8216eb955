using System.Collections.Immutable;
using DklActors.Messages.Models;
using DklActors.Messages.Scalars;

namespace DklActors.Learning.Engines;

/// <summary>What to train on.</summary>
/// <param name="Version">Version that the trained model will carry.</param>
/// <param name="Observations">All usable observations so far, in the order of recording.</param>
/// <param name="WarmStart">State to start from, or null to start from the seed.</param>
/// <param name="Seed">Seed of the initial weights.</param>
public sealed record TrainingRequest(
    int Version, ImmutableArray<Observation> Observations, ModelState? WarmStart, ulong Seed);
