using RabbitMQ.Client;

namespace DklActors.Host.Trainers.Broker;

/// <summary>
/// Exchanges and queues. Each experiment has a queue of its own in which the newest job replaces an older one that
/// waits, and each job a ticket in the one line of all experiments: whoever takes a ticket takes the job that waits
/// then.
/// </summary>
internal static class TrainerTopology
{
    /// <summary>The one line of all experiments.</summary>
    public const string Tickets = "dkl.tickets";

    /// <summary>To every daemon: how each node is.</summary>
    public const string Beats = "dkl.beats";

    /// <summary>To every node: what nobody wants any more.</summary>
    public const string Supersede = "dkl.supersede";

    /// <summary>What no node survived, by the daemon that it is of.</summary>
    public const string Dead = "dkl.dead";

    // For those who are away or slow; the oldest go first.
    private const int MostWaiting = 10_000;
    private const int MostBytesWaiting = 64 << 20;

    // Deliveries after the first: a job that ends three nodes is not given to a fourth.
    private const int MoreDeliveries = 2;

    // For a queue that nobody forgot to delete: the daemon may be gone for good.
    private const int UnusedMilliseconds = 60 * 60 * 1000;

    /// <summary>Where the newest job of an experiment waits.</summary>
    /// <param name="daemon">Id of the daemon.</param>
    /// <param name="experiment">Id of the run.</param>
    /// <param name="spare">
    /// 0 for the first. A broker that is killed just after a queue was declared may know it and never answer for it
    /// again; then the next one is used.
    /// </param>
    public static string JobsOf(string daemon, string experiment, int spare = 0) =>
        spare == 0 ? $"dkl.jobs.{daemon}.{experiment}" : $"dkl.jobs.{daemon}.{experiment}.{spare}";

    /// <summary>Where a daemon's results arrive, kept while it is away.</summary>
    public static string ResultsOf(string daemon) => $"dkl.results.{daemon}";

    /// <summary>Where jobs of a daemon arrive that no node survived.</summary>
    public static string DeadOf(string daemon) => $"dkl.dead.{daemon}";

    /// <summary>What daemons and nodes both need; nothing where it is there.</summary>
    public static async Task DeclareCommonAsync(IChannel channel, CancellationToken cancellationToken)
    {
        await channel.QueueDeclareAsync(
            Tickets, durable: true, exclusive: false, autoDelete: false,
            new Dictionary<string, object?> { ["x-queue-type"] = "quorum" },
            cancellationToken: cancellationToken).ConfigureAwait(false);
        foreach (string exchange in new[] { Beats, Supersede })
        {
            await channel.ExchangeDeclareAsync(
                exchange, ExchangeType.Fanout, durable: true, autoDelete: false, cancellationToken: cancellationToken)
                .ConfigureAwait(false);
        }
    }

    /// <summary>What one daemon needs.</summary>
    public static async Task DeclareDaemonAsync(IChannel channel, string daemon, CancellationToken cancellationToken)
    {
        await channel.ExchangeDeclareAsync(
            Dead, ExchangeType.Direct, durable: true, autoDelete: false, cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        foreach (string queue in new[] { ResultsOf(daemon), DeadOf(daemon) })
        {
            await channel.QueueDeclareAsync(
                queue, durable: true, exclusive: false, autoDelete: false,
                new Dictionary<string, object?>
                {
                    ["x-queue-type"] = "quorum",
                    ["x-max-length"] = MostWaiting,
                    ["x-max-length-bytes"] = MostBytesWaiting,
                },
                cancellationToken: cancellationToken).ConfigureAwait(false);
        }

        await channel.QueueBindAsync(DeadOf(daemon), Dead, daemon, cancellationToken: cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>The queue of an experiment: the latest wins.</summary>
    public static Task DeclareJobsAsync(
        IChannel channel, string daemon, string queue, CancellationToken cancellationToken) =>
        channel.QueueDeclareAsync(
            queue, durable: true, exclusive: false, autoDelete: false,
            new Dictionary<string, object?>
            {
                ["x-queue-type"] = "quorum",
                ["x-max-length"] = 1,
                ["x-overflow"] = "drop-head",
                ["x-delivery-limit"] = MoreDeliveries,
                ["x-dead-letter-exchange"] = Dead,
                ["x-dead-letter-routing-key"] = daemon,
                ["x-expires"] = UnusedMilliseconds,
            },
            cancellationToken: cancellationToken);

    /// <summary>A queue of one's own that hears what is told to all, and goes with the connection.</summary>
    public static async Task<string> DeclareEarAsync(
        IChannel channel, string exchange, CancellationToken cancellationToken)
    {
        QueueDeclareOk queue = await channel.QueueDeclareAsync(
            "", durable: false, exclusive: true, autoDelete: true,
            new Dictionary<string, object?>
            {
                ["x-max-length"] = MostWaiting,
                ["x-max-length-bytes"] = MostBytesWaiting,
            },
            cancellationToken: cancellationToken).ConfigureAwait(false);
        await channel.QueueBindAsync(queue.QueueName, exchange, "", cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        return queue.QueueName;
    }
}
