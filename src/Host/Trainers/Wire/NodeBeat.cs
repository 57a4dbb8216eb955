using System.Collections.Immutable;

namespace DklActors.Host.Trainers.Wire;

/// <summary>What a node tells of itself.</summary>
/// <param name="Node">Its name.</param>
/// <param name="Instance">Of this process: another after each start.</param>
/// <param name="Device">Where it trains.</param>
/// <param name="Capacity">Jobs that it trains at a time.</param>
/// <param name="Jobs">What it trains now.</param>
/// <param name="Software">Version and commit of its program.</param>
/// <param name="Identity">Engines with their instruction set.</param>
/// <param name="Protocol">Its version of the protocol.</param>
/// <param name="Sequence">Counts the beats of an instance.</param>
/// <param name="Leaving">The last beat of all.</param>
internal sealed record NodeBeat(
    string Node,
    Guid Instance,
    string Device,
    int Capacity,
    ImmutableArray<BeatJob> Jobs,
    string Software,
    string Identity,
    int Protocol,
    long Sequence,
    bool Leaving);

/// <summary>A job that a node trains.</summary>
/// <param name="JobId">Which.</param>
/// <param name="Experiment">Of which run.</param>
/// <param name="Version">Version that its model is to carry.</param>
/// <param name="Seconds">For how long already.</param>
internal sealed record BeatJob(Guid JobId, string Experiment, int Version, double Seconds);
