using System.Collections.Concurrent;
using DklActors.Host.Trainers.Broker;
using DklActors.Host.Trainers.Wire;
using Microsoft.Extensions.Logging;

namespace DklActors.Host.Trainers.Remote;

/// <summary>
/// A daemon's end of the line. Safe for any number of experiments at a time, each of which waits for one training.
/// </summary>
internal sealed class TrainerNodes : ITrainerNodes, IAsyncDisposable
{
    // A job that so many nodes were lost over is not given to another.
    private const int MostLosses = 3;
    private const int MostRefusals = 8;

    // A ticket may be lost where a job is not: a node took it that saw no job, since the broker had it not back yet.
    private static readonly TimeSpan BetweenTickets = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Withdrawing = TimeSpan.FromSeconds(2);

    private readonly TrainerNodesOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly MessageSeal _seal;
    private readonly NodeRoll _roll;
    private readonly DroppedMessages _ignored;
    private readonly BrokerLink _link;
    private readonly JobQueue _queue;
    private readonly Inbox _inbox;
    private readonly ConcurrentDictionary<Guid, WaitingJob> _waiting = [];

    // By the clock's timestamp; beats from before do not count.
    private long _connectedAt;
    private long _published;

    /// <param name="options">Broker, token, and who one is.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">The log.</param>
    public TrainerNodes(TrainerNodesOptions options, TimeProvider time, ILogger log)
    {
        _options = options;
        _time = time;
        _log = log;
        _seal = new MessageSeal(options.Token);
        _roll = new NodeRoll(time);
        _ignored = new DroppedMessages(log);
        _inbox = new Inbox(_seal, _roll, _waiting, _ignored, log);
        _link = new BrokerLink(
            options.Broker, $"dkl daemon {options.Daemon}", BeginAsync, time, log);
        _queue = new JobQueue(_link, options.Daemon, _seal, time);
        _link.Start();
    }

    public IReadOnlyList<NodeView> Nodes => _roll.Views;

    public BrokerView Broker
    {
        get
        {
            LinkState state = _link.State;
            return new BrokerView(
                _options.Broker.ToString(), state.IsConnected, state.Since, state.Reason, state.Connections,
                Interlocked.Read(ref _published), _inbox.Accepted, _ignored.Counts);
        }
    }

    public async Task<TrainingResult> TrainAsync(
        TrainingJob job, TimeSpan patience, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        cancellationToken.ThrowIfCancellationRequested();
        TrainingJob stamped = job with
        {
            Protocol = TrainerProtocol.Version,
            Daemon = _options.Daemon,
            Software = _options.Software,
        };
        var waiting = new WaitingJob(stamped, _time);
        if (!_waiting.TryAdd(job.JobId, waiting))
        {
            throw new InvalidOperationException($"Job {job.JobId} is waited for already; give each its own id.");
        }

        bool isClean = false;
        try
        {
            (TrainingResult result, int attempts) =
                await TrainAsync(waiting, patience, cancellationToken).ConfigureAwait(false);
            isClean = attempts == 1;
            return result;
        }
        finally
        {
            _waiting.TryRemove(job.JobId, out _);
            if (!isClean)
            {
                await _queue.WithdrawAsync(stamped, Withdrawing).ConfigureAwait(false);
            }
        }
    }

    public Task ForgetAsync(string experiment) => _queue.ForgetAsync(experiment, Withdrawing);

    public ValueTask DisposeAsync() => _link.DisposeAsync();

    private async Task<(TrainingResult Result, int Attempts)> TrainAsync(
        WaitingJob waiting, TimeSpan patience, CancellationToken cancellationToken)
    {
        TrainingJob job = waiting.Job;
        int losses = 0, refusals = 0;
        for (int attempt = 1; ; attempt++)
        {
            await PublishAsync(waiting, attempt, patience, cancellationToken).ConfigureAwait(false);
            string? lost = await WaitAsync(waiting, patience, cancellationToken).ConfigureAwait(false);
            if (lost is not null)
            {
                // The broker may have given it to several before it was given up here.
                losses = Math.Max(losses + 1, waiting.Holders);
                _log.LogWarning(
                    "Job {Job} of {Experiment} was lost with the node {Node}, for the {Losses}. time",
                    job.JobId, job.Experiment, lost, losses);
                if (losses >= MostLosses)
                {
                    waiting.End(Inbox.Poison(job, $"{losses} nodes were lost while they had it, the last one {lost}"));
                    return (await waiting.Answer.ConfigureAwait(false), attempt);
                }

                continue;
            }

            TrainingResult result = await waiting.Answer.ConfigureAwait(false);
            if (result.Outcome != JobOutcome.Refused || ++refusals > MostRefusals
                || !_roll.HasFitting(job.Software, except: result.Node))
            {
                return (result, attempt);
            }

            _log.LogWarning("The node {Node} refused job {Job}: {Reason}", result.Node, job.JobId, result.Reason);
            waiting = Renew(waiting);
        }
    }

    // An answer counts once; whoever is asked next answers anew.
    private WaitingJob Renew(WaitingJob waiting)
    {
        var renewed = new WaitingJob(waiting.Job, _time);
        _waiting[waiting.Job.JobId] = renewed;
        return renewed;
    }

    private async Task PublishAsync(
        WaitingJob waiting, int attempt, TimeSpan patience, CancellationToken cancellationToken)
    {
        waiting.Publishing();
        try
        {
            await _queue.PublishAsync(waiting.Job with { Attempt = attempt }, patience, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (BrokerException exception)
        {
            throw new TrainersUnavailableException(
                $"No broker to train model {waiting.Job.Version}: {exception.Message}", exception);
        }

        waiting.Published();
        Interlocked.Increment(ref _published);
    }

    /// <returns>Null when there is an answer, else the node that was lost with the job.</returns>
    private async Task<string?> WaitAsync(
        WaitingJob waiting, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var awake = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        long ticketAt = _time.GetTimestamp();
        long publishedIn = Interlocked.Read(ref _connectedAt);
        try
        {
            while (true)
            {
                await Task.WhenAny(waiting.Answer, Task.Delay(Glance, _time, awake.Token)).ConfigureAwait(false);
                if (waiting.Answer.IsCompleted)
                {
                    return null;
                }

                cancellationToken.ThrowIfCancellationRequested();
                if (LostOf(waiting, patience) is { } lost)
                {
                    return lost;
                }

                long session = Interlocked.Read(ref _connectedAt);
                bool isNew = session != publishedIn;
                bool isDue = isNew || _time.GetElapsedTime(ticketAt) > BetweenTickets;
                if (waiting.IsUnheld && isDue && _link.State.IsConnected)
                {
                    ticketAt = _time.GetTimestamp();
                    bool isReminded = await RemindAsync(waiting.Job, isNew, cancellationToken).ConfigureAwait(false);
                    publishedIn = isReminded ? session : publishedIn;
                }
            }
        }
        finally
        {
            await awake.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Says once more that there is a job which nobody has.</summary>
    /// <param name="job">The job.</param>
    /// <param name="isNewSession">
    /// The broker may have died and forgotten the queue, which it confirms before it is on its disk; the job goes with
    /// its queue. Where it is still there, the same job replaces it.
    /// </param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Whether the broker has it.</returns>
    private async Task<bool> RemindAsync(TrainingJob job, bool isNewSession, CancellationToken cancellationToken)
    {
        try
        {
            await (isNewSession
                ? _queue.PublishAsync(job with { Attempt = 1 }, Withdrawing, cancellationToken)
                : _queue.PublishTicketAsync(job, Withdrawing, cancellationToken)).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is BrokerException or UnroutableException)
        {
            // The link says so where it is looked at.
            return false;
        }
    }

    /// <exception cref="TrainersUnavailableException">Nobody will train it.</exception>
    private string? LostOf(WaitingJob waiting, TimeSpan patience)
    {
        LinkState link = _link.State;
        if (!link.IsConnected)
        {
            return _time.GetElapsedTime(link.At) > patience
                ? throw new TrainersUnavailableException(
                    $"The broker {_options.Broker} is gone for more than {patience.TotalSeconds:G3} s: {link.Reason}.")
                : null;
        }

        (JobStanding standing, string? node) = waiting.Judge(patience, Interlocked.Read(ref _connectedAt));
        return standing switch
        {
            JobStanding.NotTaken => throw new TrainersUnavailableException(
                $"No node took the training of model {waiting.Job.Version} within {patience.TotalSeconds:G3} s: "
                + $"{_roll.Describe(waiting.Job.Software)}."),
            JobStanding.Lost => node,
            _ => null,
        };
    }

    private async Task BeginAsync(BrokerSession session, CancellationToken cancellationToken)
    {
        string ear = "";
        await session.WithChannelAsync(
            async channel =>
            {
                await TrainerTopology.DeclareCommonAsync(channel, cancellationToken).ConfigureAwait(false);
                await TrainerTopology.DeclareDaemonAsync(channel, _options.Daemon, cancellationToken)
                    .ConfigureAwait(false);
                ear = await TrainerTopology.DeclareEarAsync(channel, TrainerTopology.Beats, cancellationToken)
                    .ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        await session.ConsumeAsync(ear, atOnce: 0, _inbox.HearBeat, cancellationToken).ConfigureAwait(false);
        await session.ConsumeAsync(
            TrainerTopology.ResultsOf(_options.Daemon), Inbox.AtOnce, _inbox.TakeResultAsync, cancellationToken)
            .ConfigureAwait(false);
        await session.ConsumeAsync(
            TrainerTopology.DeadOf(_options.Daemon), Inbox.AtOnce, _inbox.TakeDeadAsync, cancellationToken)
            .ConfigureAwait(false);
        Interlocked.Exchange(ref _connectedAt, _time.GetTimestamp());
    }
}
