using System.Collections.Concurrent;
using DklActors.Host.Trainers.Broker;
using DklActors.Host.Trainers.Wire;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace DklActors.Host.Trainers.Remote;

/// <summary>Puts jobs into their experiments' queues and their tickets into the line, and takes them back.</summary>
internal sealed class JobQueue(BrokerLink link, string daemon, MessageSeal seal, TimeProvider time)
{
    private const int LongestExperiment = 128;

    // Well before the broker drops a queue that is not used.
    private static readonly TimeSpan DeclaredFor = TimeSpan.FromMinutes(10);

    // Which of its queues an experiment uses, where it is not the first.
    private readonly ConcurrentDictionary<string, int> _spares = new(StringComparer.Ordinal);

    /// <exception cref="BrokerException">The broker did not take it in time.</exception>
    /// <exception cref="WireException">It is too large.</exception>
    public async Task PublishAsync(TrainingJob job, TimeSpan patience, CancellationToken cancellationToken)
    {
        if (job.Experiment.Length is 0 or > LongestExperiment)
        {
            throw new WireException(
                $"An experiment's id of {job.Experiment.Length} characters cannot name a queue; use 1 to "
                + $"{LongestExperiment}.");
        }

        string queue = QueueOf(job.Experiment);
        byte[] body = WireJson.Write(job, TrainerProtocol.LargestJob);
        var message = OutgoingMessage.ToQueue(queue, job.JobId.ToString(), body, seal, MessageKind.Job);
        try
        {
            await PublishAsync(message, queue, patience, cancellationToken).ConfigureAwait(false);
        }
        catch (UnroutableException)
        {
            // Somebody deleted the queue, or it was not used for too long.
            link.Session?.Declared.TryRemove(queue, out _);
            await PublishAsync(message, queue, patience, cancellationToken).ConfigureAwait(false);
        }
        catch (BrokerException) when (link.State.IsConnected)
        {
            // The broker answers, and not for this queue. A job that is in it after all counts once all the same.
            _spares.AddOrUpdate(job.Experiment, 1, static (_, spare) => spare + 1);
            throw;
        }

        // Only now: whoever takes the ticket finds the job.
        await PublishTicketAsync(job, patience, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A further ticket for a job that was published; one too many finds nothing and harms nothing.</summary>
    /// <exception cref="BrokerException">The broker did not take it in time.</exception>
    public async Task PublishTicketAsync(TrainingJob job, TimeSpan patience, CancellationToken cancellationToken)
    {
        byte[] ticket = WireJson.Write(
            new Ticket(daemon, job.Experiment, SpareOf(job.Experiment)), TrainerProtocol.LargestNotice);
        await link.PublishAsync(
            OutgoingMessage.ToQueue(
                TrainerTopology.Tickets, job.JobId.ToString(), ticket, seal, MessageKind.Ticket),
            prepare: null, patience, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Nobody wants a job any more: takes it from its queue if it waits there, and tells the nodes.</summary>
    public Task WithdrawAsync(TrainingJob job, TimeSpan patience) => TryAsync(
        async (session, limit) =>
        {
            byte[] notice = WireJson.Write(new SupersedeNotice(job.JobId), TrainerProtocol.LargestNotice);
            await session.PublishAsync(
                OutgoingMessage.ToAll(
                    TrainerTopology.Supersede, job.JobId.ToString(), notice, seal, MessageKind.Supersede),
                patience, limit).ConfigureAwait(false);
            await session.WithChannelAsync(channel => RemoveAsync(channel, job), limit).ConfigureAwait(false);
        },
        patience);

    /// <summary>Deletes the queue of an experiment that is over.</summary>
    public Task ForgetAsync(string experiment, TimeSpan patience) => TryAsync(
        async (session, limit) =>
        {
            string queue = QueueOf(experiment);
            _spares.TryRemove(experiment, out _);
            session.Declared.TryRemove(queue, out _);
            await session.WithChannelAsync(
                channel => channel.QueueDeleteAsync(queue, ifUnused: false, ifEmpty: false), limit)
                .ConfigureAwait(false);
        },
        patience);

    private int SpareOf(string experiment) => _spares.GetValueOrDefault(experiment);

    private string QueueOf(string experiment) => TrainerTopology.JobsOf(daemon, experiment, SpareOf(experiment));

    private Task PublishAsync(
        OutgoingMessage message, string queue, TimeSpan patience, CancellationToken cancellationToken) =>
        link.PublishAsync(
            message, (session, token) => DeclareAsync(session, queue, token), patience, cancellationToken);

    private async Task DeclareAsync(BrokerSession session, string queue, CancellationToken cancellationToken)
    {
        if (session.Declared.TryGetValue(queue, out long declaredAt)
            && time.GetElapsedTime(declaredAt) < DeclaredFor)
        {
            return;
        }

        await session.WithChannelAsync(
            channel => TrainerTopology.DeclareJobsAsync(channel, daemon, queue, cancellationToken),
            cancellationToken).ConfigureAwait(false);
        session.Declared[queue] = time.GetTimestamp();
    }

    // Emptying the queue might take the next job along.
    private async Task RemoveAsync(IChannel channel, TrainingJob job)
    {
        BasicGetResult? got = await channel.BasicGetAsync(
            QueueOf(job.Experiment), autoAck: false).ConfigureAwait(false);
        if (got is not null && got.BasicProperties.MessageId == job.JobId.ToString())
        {
            await channel.BasicAckAsync(got.DeliveryTag, multiple: false).ConfigureAwait(false);
        }

        // Another one returns to the queue with the end of the channel.
    }

    private async Task TryAsync(Func<BrokerSession, CancellationToken, Task> act, TimeSpan patience)
    {
        if (link.Session is not { } session)
        {
            return;
        }

        using var limit = new CancellationTokenSource(patience, time);
        try
        {
            await act(session, limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (LinkFaults.Are(exception) || exception is OperationInterruptedException)
        {
            // What is left is dropped by the next job, or expires with its queue.
        }
    }
}
