using System.Collections.Immutable;
using DklActors.Host.Trainers.Wire;

namespace DklActors.Host.Trainers.Remote;

/// <summary>A trainer node by its last beat.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Instance">Of its process.</param>
/// <param name="Standing">Whether it is there.</param>
/// <param name="Device">Where it trains.</param>
/// <param name="Capacity">Jobs that it trains at a time.</param>
/// <param name="Jobs">What it trained then.</param>
/// <param name="Software">Version and commit of its program.</param>
/// <param name="Identity">Engines with their instruction set.</param>
/// <param name="Protocol">Its version of the protocol.</param>
/// <param name="LastBeat">When it was heard last, by the daemon's clock.</param>
internal sealed record NodeView(
    string Name,
    Guid Instance,
    NodeStanding Standing,
    string Device,
    int Capacity,
    ImmutableArray<BeatJob> Jobs,
    string Software,
    string Identity,
    int Protocol,
    DateTimeOffset LastBeat);

internal enum NodeStanding
{
    /// <summary>It beats.</summary>
    There,

    /// <summary>It missed three beats: dead, stopped, or cut off.</summary>
    Silent,

    /// <summary>It said goodbye.</summary>
    Left,
}
