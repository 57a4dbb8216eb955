using DklActors.Host.Trainers.Wire;
using DklActors.Learning.Engines;
using DklActors.Messages.Models;
using DklActors.Messages.Scalars;

namespace DklActors.Host.Trainers.Node;

/// <summary>One job from its contents to its result. Whatever is wrong with it is said in the result.</summary>
internal sealed class JobWork(
    string node, string software, IEngineSource engines, EngineShelf shelf, ContentExchange contents, TimeProvider time)
{
    private const int LongestReason = 4000;
    private static readonly TimeSpan LongestDeadline = TimeSpan.FromHours(12);

    /// <summary>Why this node does not take a job of this kind, or null.</summary>
    public string? RefusalOf(JobEnvelope job) =>
        job.Protocol != TrainerProtocol.Version
            ? $"the node {node} speaks version {TrainerProtocol.Version} of the protocol, and the daemon version "
                + $"{job.Protocol}; run the same program on both"
        : job.Software != software
            ? $"the node {node} runs {software}, and the daemon {job.Software}; run the same program on both, since "
                + "another may give other bits"
        : null;

    /// <summary>How a job ended without a model.</summary>
    public TrainingResult Without(JobEnvelope job, JobOutcome outcome, string reason, TimeSpan took = default) => new(
        TrainerProtocol.Version, job.JobId, job.Experiment, job.Version, node, engines.Identity, took, outcome, null,
        null, reason.Length > LongestReason ? reason[..LongestReason] : reason);

    /// <param name="job">The job.</param>
    /// <param name="unwanted">Ends it at the next epoch boundary: superseded, or the node leaves.</param>
    /// <returns>How it ended, or null when it ended because it was <paramref name="unwanted"/>.</returns>
    public async Task<TrainingResult?> RunAsync(TrainingJob job, CancellationToken unwanted)
    {
        JobEnvelope envelope = job.Envelope;
        if (engines.RefusalOf(job.Learner) is { } refusal)
        {
            return Without(envelope, JobOutcome.Refused, $"{refusal} (node {node})");
        }

        if (ProblemOf(job) is { } problem)
        {
            return Without(envelope, JobOutcome.Failed, problem);
        }

        using var deadline = new CancellationTokenSource(
            TimeSpan.FromSeconds(Math.Min(job.DeadlineSeconds, LongestDeadline.TotalSeconds)), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, unwanted);
        long started = time.GetTimestamp();
        try
        {
            return await TrainAsync(job, envelope, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (unwanted.IsCancellationRequested)
        {
            return null;
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            return Without(
                envelope, JobOutcome.Failed, $"Training took longer than {job.DeadlineSeconds:G3} s.",
                time.GetElapsedTime(started));
        }
        catch (Exception exception) when (exception is TrainingFailedException or InvalidDataException
            or ArgumentException)
        {
            return Without(envelope, JobOutcome.Failed, exception.Message, time.GetElapsedTime(started));
        }
        catch (ContentException exception)
        {
            // This node cannot reach the daemon; another one may, and the daemon itself does.
            return Without(
                envelope, JobOutcome.Refused, $"{exception.Message} (node {node})", time.GetElapsedTime(started));
        }
        catch (Exception exception)
        {
            // A bug of an engine, or no memory: the daemon has to know, and the node goes on.
            return Without(
                envelope, JobOutcome.Refused,
                $"The training ended in an unexpected way on {node}: {exception.GetType().Name}: {exception.Message}",
                time.GetElapsedTime(started));
        }
    }

    private async Task<TrainingResult> TrainAsync(
        TrainingJob job, JobEnvelope envelope, CancellationToken cancellationToken)
    {
        IDklEngine engine = await shelf.EngineForAsync(job, cancellationToken).ConfigureAwait(false);
        ModelState? warm = job.WarmStart is not { } start
            ? null
            : new ModelState(
                start.Engine, start.Version,
                await contents.GetAsync(job.Contents, start.Hash, cancellationToken).ConfigureAwait(false));
        var request = new TrainingRequest(job.Version, job.Observations, warm, job.Seed);

        // Off the thread pool: it computes for seconds, and beats and acknowledgements must not wait for it.
        long started = time.GetTimestamp();
        TrainedModel model = await Task.Factory.StartNew(
            () => engine.Train(request, cancellationToken),
            cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
        TimeSpan took = time.GetElapsedTime(started);
        if (model.State.Version != job.Version)
        {
            return Without(
                envelope, JobOutcome.Refused,
                $"Asked for model {job.Version}, the engine answered with model {model.State.Version}.", took);
        }

        byte[] content = model.State.Content.ToArray();
        string hash = await contents.PutAsync(job.Contents, content, cancellationToken).ConfigureAwait(false);
        return new TrainingResult(
            TrainerProtocol.Version, job.JobId, job.Experiment, job.Version, node, engine.Identity, took,
            JobOutcome.Trained, new StoredState(model.State.Engine, model.State.Version, hash, content.Length),
            model.Report, null);
    }

    // The engine checks the rest.
    private static string? ProblemOf(TrainingJob job)
    {
        foreach (Observation observation in job.Observations)
        {
            if (!double.IsFinite(observation.Value))
            {
                return $"The observation {observation.Value} at candidate {observation.Candidate} cannot be learned "
                    + "from. Leave bad scalars out of the training.";
            }
        }

        return job.DeadlineSeconds > 0 ? null : $"A deadline of {job.DeadlineSeconds} s leaves no time to train.";
    }
}
