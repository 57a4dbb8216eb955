using DklActors.Host.Trainers.Broker;
using DklActors.Host.Trainers.Wire;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace DklActors.Host.Trainers.Node;

/// <summary>
/// Takes the job that a ticket stands for, has it trained, publishes the result, and only when the broker has confirmed
/// that gives up both. Dies the node before, the broker gives both to another one.
/// </summary>
internal sealed class TicketHandler(
    BrokerLink link, MessageSeal seal, JobWork work, JobDesk desk, DroppedMessages dropped, TimeProvider time,
    ILogger log)
{
    // Long enough for a broker to be restarted; then the daemon has had the job trained elsewhere.
    private static readonly TimeSpan ResultPatience = TimeSpan.FromMinutes(10);

    // A node that refuses is free again at once, and would take every ticket before those that fit.
    private static readonly TimeSpan RestAfterRefusal = TimeSpan.FromSeconds(10);

    private const int Looks = 10;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(300);

    /// <param name="session">That the ticket came by.</param>
    /// <param name="ticket">The ticket.</param>
    /// <param name="leaving">Cancelled when the node ends.</param>
    public async Task HandleAsync(BrokerSession session, Delivery ticket, CancellationToken leaving)
    {
        try
        {
            if (TicketIn(ticket) is not { } place
                || await TakeJobAsync(session, place, ticket.IsRedelivered, leaving).ConfigureAwait(false)
                    is not { } job)
            {
                // Forged, superseded, or trained by somebody else.
                await ticket.AckAsync().ConfigureAwait(false);
                return;
            }

            try
            {
                await HandleAsync(ticket, job, leaving).ConfigureAwait(false);
            }
            finally
            {
                await ChannelEnd.CloseAsync(job.Channel).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (LinkFaults.Are(exception))
        {
            // A broker that is just up may not answer in time, and the link is well all the same: without this the
            // ticket would stay here, and its place with it, for as long as the session lives.
            log.LogInformation("A ticket was not handled to its end: {Reason}", LinkFaults.ReasonOf(exception));
            await ticket.GiveBackAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // A bug. The ticket would come again and again; without it the daemon asks another time, or does without.
            log.LogError(exception, "A ticket could not be handled; it is dropped");
            await ticket.AckAsync().ConfigureAwait(false);
        }
    }

    private async Task HandleAsync(Delivery ticket, Delivery job, CancellationToken leaving)
    {
        if (!seal.IsGenuine(MessageKind.Job, job.Body, job.Headers))
        {
            dropped.Count("a job with a wrong signature", $"{job.Body.Length} bytes");
            await job.AckAsync().ConfigureAwait(false);
            await ticket.AckAsync().ConfigureAwait(false);
            return;
        }

        // Its daemon has signed it, so that it is what that daemon calls a job.
        JobEnvelope envelope = WireJson.ReadEnvelope(job.Body);
        TrainingResult? result = await AnswerAsync(envelope, job.Body).ConfigureAwait(false);
        if (result is null)
        {
            log.LogInformation(
                "Gave job {Job} of {Experiment} back", envelope.JobId, envelope.Experiment);
            await job.GiveBackAsync().ConfigureAwait(false);
            await ticket.GiveBackAsync().ConfigureAwait(false);
            desk.Answered(envelope.JobId);
            return;
        }

        try
        {
            await PublishAsync(result, envelope.Daemon, leaving).ConfigureAwait(false);
            await job.AckAsync().ConfigureAwait(false);
        }
        finally
        {
            desk.Answered(envelope.JobId);
        }

        Tell(result);
        if (result.Outcome == JobOutcome.Refused)
        {
            await Task.Delay(RestAfterRefusal, time, leaving).ConfigureAwait(false);
        }

        await ticket.AckAsync().ConfigureAwait(false);
    }

    private async Task<TrainingResult?> AnswerAsync(JobEnvelope envelope, byte[] body)
    {
        if (work.RefusalOf(envelope) is { } refusal)
        {
            return work.Without(envelope, JobOutcome.Refused, refusal);
        }

        try
        {
            TrainingJob job = WireJson.Read<TrainingJob>(body, TrainerProtocol.LargestJob);
            log.LogInformation(
                "Took job {Job} of {Experiment}: model {Version} of {Count} observations, attempt {Attempt}",
                job.JobId, job.Experiment, job.Version, job.Observations.Length, job.Attempt);
            return await desk.TakeAsync(job).ConfigureAwait(false);
        }
        catch (WireException exception)
        {
            return work.Without(envelope, JobOutcome.Failed, exception.Message);
        }
    }

    private Ticket? TicketIn(Delivery ticket)
    {
        if (!seal.IsGenuine(MessageKind.Ticket, ticket.Body, ticket.Headers))
        {
            dropped.Count("a ticket with a wrong signature", $"{ticket.Body.Length} bytes");
            return null;
        }

        try
        {
            return WireJson.Read<Ticket>(ticket.Body, TrainerProtocol.LargestNotice);
        }
        catch (WireException exception)
        {
            dropped.Count("a ticket that cannot be read", exception.Message);
            return null;
        }
    }

    /// <summary>The job that waits in the experiment's queue, on a channel of its own, or null.</summary>
    private async Task<Delivery?> TakeJobAsync(
        BrokerSession session, Ticket ticket, bool isRedelivered, CancellationToken cancellationToken)
    {
        string queue = TrainerTopology.JobsOf(ticket.Daemon, ticket.Experiment, ticket.Spare);
        try
        {
            return await LookAsync(session, queue, isRedelivered, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (
            LinkFaults.Are(exception) && session.IsAlive && !cancellationToken.IsCancellationRequested)
        {
            // The broker answers, and not for this queue. A ticket that was given back would hold up one node after the
            // other; the daemon makes another while nobody has the job.
            log.LogWarning("The broker does not answer for {Queue}: {Reason}", queue, LinkFaults.ReasonOf(exception));
            return null;
        }
    }

    private async Task<Delivery?> LookAsync(
        BrokerSession session, string queue, bool isRedelivered, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            if (await TryTakeAsync(session, queue, cancellationToken).ConfigureAwait(false) is { } job)
            {
                return job;
            }

            // Whoever had the ticket is gone, and the broker has the ticket back before it has the job.
            if (!isRedelivered || attempt == Looks)
            {
                return null;
            }

            await Task.Delay(BetweenLooks, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<Delivery?> TryTakeAsync(
        BrokerSession session, string queue, CancellationToken cancellationToken)
    {
        IChannel channel = await session.OpenChannelAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            BasicGetResult? got = await channel.BasicGetAsync(queue, autoAck: false, CancellationToken.None)
                .ConfigureAwait(false);
            if (got is not null)
            {
                return new Delivery(
                    channel, got.DeliveryTag, got.Redelivered, got.Body.ToArray(), got.BasicProperties.Headers);
            }
        }
        catch (OperationInterruptedException exception) when (exception.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            // The experiment is over, and its queue with it; or the broker has not read it yet, after a restart.
        }
        catch
        {
            // A job that is handed out too late would be held by a channel that nobody looks at.
            await ChannelEnd.CloseAsync(channel).ConfigureAwait(false);
            throw;
        }

        await ChannelEnd.CloseAsync(channel).ConfigureAwait(false);
        return null;
    }

    private async Task PublishAsync(TrainingResult result, string daemon, CancellationToken leaving)
    {
        byte[] body = WireJson.Write(result, TrainerProtocol.LargestResult);
        try
        {
            await link.PublishAsync(
                OutgoingMessage.ToQueue(
                    TrainerTopology.ResultsOf(daemon), result.JobId.ToString(), body, seal, MessageKind.Result),
                prepare: null, ResultPatience, leaving).ConfigureAwait(false);
        }
        catch (UnroutableException exception)
        {
            dropped.Count("a result for a daemon that the broker does not know", exception.Message);
        }
    }

    private void Tell(TrainingResult result) => log.Log(
        result.Outcome == JobOutcome.Trained ? LogLevel.Information : LogLevel.Warning,
        "Job {Job} of {Experiment}, model {Version}: {Outcome} in {Seconds:F2} s. {Reason}",
        result.JobId, result.Experiment, result.Version, result.Outcome, result.Took.TotalSeconds,
        result.Reason ?? result.State?.Hash);
}
