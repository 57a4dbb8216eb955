using System.Collections.Concurrent;
using System.Text;
using DklActors.Host.Trainers.Broker;
using DklActors.Host.Trainers.Wire;
using Microsoft.Extensions.Logging;

namespace DklActors.Host.Trainers.Remote;

/// <summary>What arrives at a daemon: beats, results, and jobs that no node survived.</summary>
internal sealed class Inbox(
    MessageSeal seal,
    NodeRoll roll,
    ConcurrentDictionary<Guid, WaitingJob> waiting,
    DroppedMessages ignored,
    ILogger log)
{
    /// <summary>Most messages of a queue that are not acknowledged yet.</summary>
    public const ushort AtOnce = 64;

    private const string ReasonHeader = "x-first-death-reason";
    private const string Undeliverable = "delivery_limit";

    private long _accepted;

    /// <summary>Results that somebody waited for.</summary>
    public long Accepted => Interlocked.Read(ref _accepted);

    /// <summary>A job that is not given to another node.</summary>
    public static TrainingResult Poison(TrainingJob job, string why) => new(
        TrainerProtocol.Version, job.JobId, job.Experiment, job.Version, "", "", TimeSpan.Zero, JobOutcome.Failed, null,
        null, $"The job is poison: {why}. Look into the logs of those nodes.");

    public Task HearBeat(Delivery delivery)
    {
        if (Read<NodeBeat>(delivery, MessageKind.Beat, TrainerProtocol.LargestBeat, "a beat") is not { } beat)
        {
            return Task.CompletedTask;
        }

        if (!roll.Hear(beat))
        {
            ignored.Count("an old beat", beat.Node);
            return Task.CompletedTask;
        }

        foreach (BeatJob held in beat.Jobs)
        {
            if (waiting.TryGetValue(held.JobId, out WaitingJob? job))
            {
                job.Held(beat.Node, beat.Instance);
            }
        }

        return Task.CompletedTask;
    }

    public async Task TakeResultAsync(Delivery delivery)
    {
        if (Read<TrainingResult>(delivery, MessageKind.Result, TrainerProtocol.LargestResult, "a result")
            is { } result)
        {
            Take(result);
        }

        await delivery.AckAsync().ConfigureAwait(false);
    }

    public async Task TakeDeadAsync(Delivery delivery)
    {
        // One that a newer one replaced comes here too.
        if (ReasonOf(delivery) == Undeliverable
            && Read<TrainingJob>(delivery, MessageKind.Job, TrainerProtocol.LargestJob, "a dead job") is { } job)
        {
            log.LogError(
                "Job {Job} of {Experiment} is poison: no node survived it", job.JobId, job.Experiment);
            if (!waiting.TryGetValue(job.JobId, out WaitingJob? waited) || !waited.End(Poison(
                job, "each node that the broker gave it to was gone before it answered")))
            {
                ignored.Count("a dead job that nobody waits for", job.JobId.ToString());
            }
        }

        await delivery.AckAsync().ConfigureAwait(false);
    }

    private void Take(TrainingResult result)
    {
        if (!waiting.TryGetValue(result.JobId, out WaitingJob? job))
        {
            bool isSuperseded = result.Outcome == JobOutcome.Superseded;
            ignored.Count(
                isSuperseded ? "a result that was superseded" : "a result that came too late",
                $"model {result.Version} of {result.Experiment}, from {result.Node}");
            return;
        }

        TrainingResult answer = ResultCheck.ProblemOf(result, job.Job) is not { } problem
            ? result
            : result with
            {
                // No word of the training itself: another node, or the daemon, may well train it.
                Outcome = JobOutcome.Refused,
                State = null,
                Report = null,
                Reason = $"The node {result.Node} sent a result that cannot be: {problem}.",
            };
        if (job.End(answer))
        {
            Interlocked.Increment(ref _accepted);
        }
        else
        {
            ignored.Count("a result that had come before", $"from {result.Node}");
        }
    }

    private T? Read<T>(Delivery delivery, MessageKind kind, int mostBytes, string what)
        where T : class
    {
        if (!seal.IsGenuine(kind, delivery.Body, delivery.Headers))
        {
            ignored.Count($"{what} with a wrong signature", $"{delivery.Body.Length} bytes");
            return null;
        }

        try
        {
            return WireJson.Read<T>(delivery.Body, mostBytes);
        }
        catch (WireException exception)
        {
            ignored.Count($"{what} that cannot be read", exception.Message);
            return null;
        }
    }

    private static string? ReasonOf(Delivery delivery)
    {
        object? value = null;
        _ = delivery.Headers?.TryGetValue(ReasonHeader, out value);
        return value is byte[] text ? Encoding.ASCII.GetString(text) : value as string;
    }
}
