namespace DklActors.Host.Trainers.Wire;

/// <summary>A place in the line of all experiments: the job itself waits in the experiment's own queue.</summary>
/// <param name="Daemon">Id of the daemon.</param>
/// <param name="Experiment">Id of the run.</param>
/// <param name="Spare">Which of the experiment's queues: 0, unless the broker does not answer for that one.</param>
internal sealed record Ticket(string Daemon, string Experiment, int Spare = 0);

/// <summary>Nobody wants this job any more.</summary>
internal sealed record SupersedeNotice(Guid JobId);

/// <summary>
/// What every version of the protocol says of a job, so that one can be answered that cannot be read.
/// </summary>
internal sealed record JobEnvelope(
    int Protocol, Guid JobId, string Daemon, string Experiment, int Version, string Software);
