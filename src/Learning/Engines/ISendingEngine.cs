namespace DklActors.Learning.Engines;

/// <summary>
/// An engine whose trainings may leave the machine. Each has a name of its own, which is known before it is sent, so
/// that it can be recorded first.
/// </summary>
public interface ISendingEngine : IDklEngine
{
    /// <summary>A name for a job: another for each, and the same for the same job of a run that was taken up again.
    /// </summary>
    Guid NameJob(TrainingRequest request);

    /// <summary>As <see cref="IDklEngine.Train"/>, under a name, and without a thread that waits.</summary>
    Task<TrainedModel> TrainAsync(Guid job, TrainingRequest request, CancellationToken cancellationToken);
}
