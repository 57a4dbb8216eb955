using DklActors.Host.Trainers.Wire;

namespace DklActors.Host.Trainers.Remote;

/// <summary>The trainer nodes, as a daemon sees them.</summary>
internal interface ITrainerNodes
{
    /// <summary>What is known of the nodes, the newest beat first; those that are gone for ten minutes.</summary>
    IReadOnlyList<NodeView> Nodes { get; }

    /// <summary>The link to the broker: connected since, or why not; and what was ignored.</summary>
    BrokerView Broker { get; }

    /// <summary>
    /// Publishes a job and waits for its result. It is published anew when the node that has it misses three beats, and
    /// counts as poison when three nodes were lost over it. The caller waits for one training of an experiment at a
    /// time.
    /// </summary>
    /// <param name="job">The job; what is set where it is published need not be set.</param>
    /// <param name="patience">How long it may wait for a node that takes it, each time it is published.</param>
    /// <param name="cancellationToken">Nobody wants it any more: it is superseded on the nodes too.</param>
    /// <returns>How it ended: not only trained, but also failed or refused by those that are there.</returns>
    /// <exception cref="TrainersUnavailableException">No broker, or no node took it in time; says which.</exception>
    /// <exception cref="WireException">The job is larger than may be sent.</exception>
    Task<TrainingResult> TrainAsync(TrainingJob job, TimeSpan patience, CancellationToken cancellationToken);

    /// <summary>Forgets an experiment that is over: deletes its queue, if the broker is there.</summary>
    Task ForgetAsync(string experiment);
}
