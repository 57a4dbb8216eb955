using DklActors.Host.Trainers.Broker;
using DklActors.Host.Trainers.Secrets;
using DklActors.Host.Trainers.Wire;
using DklActors.Messages.Models;
using RabbitMQ.Client;

namespace DklActors.Trainers.Tests.Nodes;

/// <summary>A node whose every step the test takes by hand: it may forget, lie and forge.</summary>
internal sealed class HandNode : IAsyncDisposable
{
    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private readonly MessageSeal _seal;

    private readonly string _daemon;

    private HandNode(IConnection connection, IChannel channel, TrainerToken token, string daemon)
    {
        _daemon = daemon;
        _connection = connection;
        _channel = channel;
        _seal = new MessageSeal(token);
    }

    public static async Task<HandNode> ConnectAsync(Task<IConnection> connecting, TrainerWorld world)
    {
        IConnection connection = await connecting;
        return new HandNode(
            connection,
            await connection.CreateChannelAsync(new CreateChannelOptions(true, true)),
            world.Token, world.DaemonName);
    }

    /// <summary>Takes a ticket of the world's daemon and its job, and acknowledges neither.</summary>
    public async Task<TrainingJob> TakeAsync()
    {
        while (true)
        {
            if (await _channel.BasicGetAsync(TrainerTopology.Tickets, autoAck: false) is { } place)
            {
                Ticket ticket = WireJson.Read<Ticket>(place.Body.Span, TrainerProtocol.LargestNotice);
                if (ticket.Daemon == _daemon && await _channel.BasicGetAsync(
                    TrainerTopology.JobsOf(ticket.Daemon, ticket.Experiment), autoAck: false) is { } job)
                {
                    return WireJson.Read<TrainingJob>(job.Body.Span, TrainerProtocol.LargestJob);
                }

                // What an earlier test left, or a ticket whose job was replaced.
                await _channel.BasicAckAsync(place.DeliveryTag, multiple: false);
                continue;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }

    /// <summary>A result that could be one.</summary>
    public static TrainingResult ResultOf(TrainingJob job) => new(
        TrainerProtocol.Version, job.JobId, job.Experiment, job.Version, "hand", "hand/1", TimeSpan.FromSeconds(1),
        JobOutcome.Trained, new StoredState("managed/1", job.Version, new string('a', 64), 100),
        new TrainingReport(10, 0.5, true, 0.1), null);

    /// <param name="job">What is answered.</param>
    /// <param name="result">With what.</param>
    /// <param name="signature">Null for the right one, empty for none.</param>
    public async Task AnswerAsync(TrainingJob job, TrainingResult result, string? signature = null)
    {
        byte[] body = WireJson.Write(result, TrainerProtocol.LargestResult);
        await SendAsync(
            TrainerTopology.ResultsOf(job.Daemon), body, signature ?? _seal.Sign(MessageKind.Result, body));
    }

    public async Task SendAsync(string queue, byte[] body, string signature)
    {
        var properties = new BasicProperties();
        if (signature.Length > 0)
        {
            properties.Headers = new Dictionary<string, object?> { [MessageSeal.Header] = signature };
        }

        await _channel.BasicPublishAsync("", queue, mandatory: true, properties, body);
    }

    /// <summary>Sends a job and its ticket once more, as its daemon did.</summary>
    public async Task RepeatAsync(TrainingJob job)
    {
        byte[] body = WireJson.Write(job, TrainerProtocol.LargestJob);
        byte[] ticket = WireJson.Write(new Ticket(job.Daemon, job.Experiment), TrainerProtocol.LargestNotice);
        await SendAsync(
            TrainerTopology.JobsOf(job.Daemon, job.Experiment), body, _seal.Sign(MessageKind.Job, body));
        await SendAsync(TrainerTopology.Tickets, ticket, _seal.Sign(MessageKind.Ticket, ticket));
    }

    /// <summary>Says that it has a job, and is silent ever after.</summary>
    public async Task BeatAsync(TrainingJob job, long sequence = 1)
    {
        var beat = new NodeBeat(
            "hand", Guid.Parse("00000000-0000-0000-0000-000000000001"), "cpu", 1,
            [new BeatJob(job.JobId, job.Experiment, job.Version, 0)], TrainerWorld.Software, "hand/1",
            TrainerProtocol.Version, sequence, Leaving: false);
        byte[] body = WireJson.Write(beat, TrainerProtocol.LargestBeat);
        await _channel.BasicPublishAsync(
            TrainerTopology.Beats, "", mandatory: false,
            new BasicProperties
            {
                Headers = new Dictionary<string, object?>
                {
                    [MessageSeal.Header] = _seal.Sign(MessageKind.Beat, body),
                },
            },
            body);
    }

    /// <summary>Goes, as a process that dies does: the broker has back what was not acknowledged.</summary>
    public async ValueTask DisposeAsync()
    {
        await _connection.AbortAsync();
        await _connection.DisposeAsync();
    }
}
