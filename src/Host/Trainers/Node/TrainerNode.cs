using System.Collections.Concurrent;
using DklActors.Host.Trainers.Broker;
using DklActors.Host.Trainers.Wire;
using DklActors.Journal.Files;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace DklActors.Host.Trainers.Node;

/// <summary>
/// <c>dkl trainer</c>: takes tickets from the line of all experiments, as many at a time as it has room for, and tells
/// how it is. It keeps nothing that matters: whatever happens to it, the broker gives its jobs to others.
/// </summary>
internal sealed class TrainerNode : IAsyncDisposable
{
    private static readonly TimeSpan LastResults = TimeSpan.FromSeconds(15);

    private readonly TrainerNodeOptions _options;
    private readonly Guid _instance;
    private readonly IEngineSource _engines;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly string _software;
    private readonly MessageSeal _seal;
    private readonly DroppedMessages _dropped;
    private readonly ContentExchange _contents;
    private readonly JobDesk _desk;
    private readonly BrokerLink _link;
    private readonly NodeBeats _beats;
    private readonly TicketHandler _tickets;
    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentDictionary<Delivery, Task> _handling = [];
    private Subscription? _line;
    private volatile bool _isLeaving;

    /// <param name="options">What was asked for.</param>
    /// <param name="instance">Of this process, random.</param>
    /// <param name="software">Version and commit; jobs of another are refused.</param>
    /// <param name="engines">What trains.</param>
    /// <param name="files">How the cache writes.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">The log.</param>
    public TrainerNode(
        TrainerNodeOptions options,
        Guid instance,
        string software,
        IEngineSource engines,
        IDurableFiles files,
        TimeProvider time,
        ILogger log)
    {
        _options = options;
        _instance = instance;
        _software = software;
        _engines = engines;
        _time = time;
        _log = log;
        _seal = new MessageSeal(options.Token);
        _dropped = new DroppedMessages(log);
        var cache = new ContentCache(options.CacheFolder, options.CacheBytes, files, time, log);
        _contents = new ContentExchange(cache, options.Token, options.DaemonAuthority, time);
        var work = new JobWork(
            options.Name, software, engines, new EngineShelf(_contents, engines), _contents, time);
        _desk = new JobDesk(work, time);
        _link = new BrokerLink(
            options.Broker, $"dkl trainer {options.Name}", BeginAsync, time, log);
        _beats = new NodeBeats(_link, _seal, Describe, time);
        _tickets = new TicketHandler(_link, _seal, work, _desk, _dropped, time, log);
        _desk.Changed += _beats.Change;
        _link.Connected += _beats.Change;
    }

    /// <summary>How the link is.</summary>
    public LinkState Link => _link.State;

    /// <summary>What was dropped.</summary>
    public DroppedMessages Dropped => _dropped;

    public void Start()
    {
        _link.Start();
        _beats.Start();
    }

    /// <summary>
    /// Takes no more; lets what runs come to its end for a while, gives back what does not, and says goodbye.
    /// </summary>
    /// <param name="atOnce">When it is cancelled, everything is given back now.</param>
    public async Task LeaveAsync(CancellationToken atOnce)
    {
        _log.LogInformation("Leaving: {Count} jobs run and may take {Drain}", _desk.Jobs.Count, _options.Drain);
        _isLeaving = true;
        await (_line?.StopAsync() ?? Task.CompletedTask).ConfigureAwait(false);
        await EndsAsync(_options.Drain, atOnce).ConfigureAwait(false);
        _desk.GiveBack();
        await EndsAsync(LastResults, CancellationToken.None).ConfigureAwait(false);
        await _beats.LeaveAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        _beats.Dispose();
        await _link.DisposeAsync().ConfigureAwait(false);
        _desk.Dispose();
        _contents.Dispose();
        _ending.Dispose();
    }

    private async Task BeginAsync(BrokerSession session, CancellationToken cancellationToken)
    {
        string ear = "";
        // The ear goes with the connection, not with the channel that it was declared on.
        await session.WithChannelAsync(
            async channel =>
            {
                await TrainerTopology.DeclareCommonAsync(channel, cancellationToken).ConfigureAwait(false);
                ear = await TrainerTopology.DeclareEarAsync(channel, TrainerTopology.Supersede, cancellationToken)
                    .ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        await session.ConsumeAsync(ear, atOnce: 0, HearSupersede, cancellationToken).ConfigureAwait(false);
        if (!_isLeaving)
        {
            _line = await session.ConsumeAsync(
                TrainerTopology.Tickets,
                (ushort)_options.Capacity,
                ticket => Take(session, ticket),
                cancellationToken).ConfigureAwait(false);
        }
    }

    private Task Take(BrokerSession session, Delivery ticket)
    {
        // The next ticket is only sent when this one was acknowledged, so that there are never more than there is room.
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task handling = Task.Run(async () =>
        {
            await started.Task.ConfigureAwait(false);
            await _tickets.HandleAsync(session, ticket, _ending.Token).ConfigureAwait(false);
            _handling.TryRemove(ticket, out _);
        });
        _handling[ticket] = handling;
        started.SetResult();
        return Task.CompletedTask;
    }

    private Task HearSupersede(Delivery notice)
    {
        if (!_seal.IsGenuine(MessageKind.Supersede, notice.Body, notice.Headers))
        {
            _dropped.Count("a notice with a wrong signature", $"{notice.Body.Length} bytes");
            return Task.CompletedTask;
        }

        try
        {
            _desk.Supersede(WireJson.Read<SupersedeNotice>(notice.Body, TrainerProtocol.LargestNotice).JobId);
        }
        catch (WireException exception)
        {
            _dropped.Count("a notice that cannot be read", exception.Message);
        }

        return Task.CompletedTask;
    }

    private async Task EndsAsync(TimeSpan patience, CancellationToken atOnce)
    {
        try
        {
            await Task.WhenAll(_handling.Values).WaitAsync(patience, _time, atOnce).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            // What still runs is given back.
        }
    }

    private NodeBeat Describe(bool isLeaving, long sequence) => new(
        _options.Name, _instance, _options.Device, _options.Capacity, [.. _desk.Jobs], _software, _engines.Identity,
        TrainerProtocol.Version, sequence, isLeaving);
}
