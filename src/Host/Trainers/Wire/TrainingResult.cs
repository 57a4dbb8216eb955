using DklActors.Messages.Models;

namespace DklActors.Host.Trainers.Wire;

/// <summary>How a job ended.</summary>
/// <param name="Protocol">The node's.</param>
/// <param name="JobId">The job's.</param>
/// <param name="Experiment">The job's.</param>
/// <param name="Version">The job's.</param>
/// <param name="Node">Name of the node; empty where none answered.</param>
/// <param name="Identity">Engine that trained, with its instruction set.</param>
/// <param name="Took">Time of the training itself, without transport.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="State">Where the state is, when it was trained.</param>
/// <param name="Report">How the training went, when it was trained.</param>
/// <param name="Reason">In words, when it was not trained.</param>
internal sealed record TrainingResult(
    int Protocol,
    Guid JobId,
    string Experiment,
    int Version,
    string Node,
    string Identity,
    TimeSpan Took,
    JobOutcome Outcome,
    StoredState? State,
    TrainingReport? Report,
    string? Reason);

/// <summary>A model state that was handed in to the daemon.</summary>
/// <param name="Engine">Name and version of the engine that wrote it.</param>
/// <param name="Version">Version of the training.</param>
/// <param name="Hash">Content hash.</param>
/// <param name="Bytes">Its size.</param>
internal sealed record StoredState(string Engine, int Version, string Hash, long Bytes);

internal enum JobOutcome
{
    /// <summary>There is a model.</summary>
    Trained,

    /// <summary>There is none, and another node would not do better.</summary>
    Failed,

    /// <summary>The node does not fit the job, or something is wrong with it; another may do it.</summary>
    Refused,

    /// <summary>Nobody wants it any more.</summary>
    Superseded,
}
