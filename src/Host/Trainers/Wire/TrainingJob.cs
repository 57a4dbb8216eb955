using System.Collections.Immutable;
using DklActors.Messages.Scalars;

namespace DklActors.Host.Trainers.Wire;

/// <summary>
/// Everything that a training follows from: two nodes that are given the same make the same bits of it, on one
/// instruction set. What is large is named by its content hash.
/// </summary>
internal sealed record TrainingJob
{
    /// <summary>The same at each attempt: results are told apart by it.</summary>
    public required Guid JobId { get; init; }

    /// <summary>Id of the run.</summary>
    public required string Experiment { get; init; }

    /// <summary>Version that the trained model is to carry.</summary>
    public required int Version { get; init; }

    /// <summary>Seed of the initial weights.</summary>
    public required ulong Seed { get; init; }

    public required LearnerSpec Learner { get; init; }

    /// <summary>Content hash of the structural image.</summary>
    public required string Image { get; init; }

    /// <summary>Edge of the patch around a candidate, in pixels.</summary>
    public required int Patch { get; init; }

    /// <summary>Content hash of the pixels that can be measured; null for every pixel.</summary>
    public string? Sites { get; init; }

    /// <summary>All usable observations, in the order of recording.</summary>
    public required ImmutableArray<Observation> Observations { get; init; }

    /// <summary>The state to start from; null to start from the seed.</summary>
    public WarmStart? WarmStart { get; init; }

    /// <summary>Where the daemon's HTTP interface is, such as https://scope:5080.</summary>
    public required Uri Contents { get; init; }

    /// <summary>Seconds after which the training ends at the next epoch boundary, without a model.</summary>
    public required double DeadlineSeconds { get; init; }

    /// <summary>Set where it is published, as are the next three.</summary>
    public int Protocol { get; init; }

    /// <summary>Id of the daemon that waits for the result.</summary>
    public string Daemon { get; init; } = "";

    /// <summary>Version and commit of the daemon's program.</summary>
    public string Software { get; init; } = "";

    /// <summary>How often it was published, from 1.</summary>
    public int Attempt { get; init; }

    /// <summary>What it is answered by.</summary>
    public JobEnvelope Envelope => new(Protocol, JobId, Daemon, Experiment, Version, Software);
}
