using System.Collections.Immutable;
using DklActors.Host.Composition;
using DklActors.Host.Recipes;
using DklActors.Host.Serving.Contract;
using DklActors.Host.Trainers.Contents;
using DklActors.Host.Trainers.Remote;
using DklActors.Host.Trainers.Secrets;
using Microsoft.Extensions.Logging;

namespace DklActors.Host.Serving;

/// <summary>What the daemon has to do with trainer nodes: the link to them, and what is lent to them.</summary>
internal sealed class TrainerDesk : IAsyncDisposable
{
    private readonly ContentShelf _shelf;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly TrainerNodes? _nodes;
    private readonly ITrainerNodes _anyNodes;

    public TrainerDesk(
        ServeRequest request,
        DataFolder data,
        TrainerToken token,
        ContentShelf shelf,
        TimeProvider time,
        ILogger<TrainerDesk> log)
    {
        _shelf = shelf;
        _time = time;
        _log = log;
        Contents = request.ContentsUrl;
        if (request.Broker is { } broker)
        {
            var options = new TrainerNodesOptions(
                broker, token, DaemonId.ReadOrMake(data.DaemonId), ProvenanceReader.SoftwareVersion);
            _nodes = new TrainerNodes(options, time, log);
        }

        _anyNodes = _nodes is null ? new NoTrainerNodes(time.GetUtcNow()) : _nodes;
    }

    /// <summary>Where nodes reach this daemon; where it listens, unless it was told another.</summary>
    public Uri? Contents { get; set; }

    /// <summary>The trainings of a run that begins.</summary>
    public RemoteRun For(Recipe recipe) => new(
        recipe,
        _anyNodes,
        _shelf,
        () => Contents ?? throw new InvalidOperationException("A run began before the daemon listens."),
        text => _log.LogWarning("Experiment {Text}", text));

    public TrainersView Now() => _nodes is null ? new TrainersView(null, []) : new TrainersView(
        LinkOf(_nodes.Broker), [.. _nodes.Nodes.OrderBy(static node => node.Name, StringComparer.Ordinal).Select(Of)]);

    public async ValueTask DisposeAsync()
    {
        if (_nodes is not null)
        {
            await _nodes.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static BrokerLinkView LinkOf(BrokerView broker) => new(
        broker.Address, broker.IsConnected, broker.Since, broker.Reason, broker.Published, broker.Accepted,
        broker.Ignored.ToImmutableSortedDictionary(StringComparer.Ordinal));

    private TrainerNodeView Of(NodeView node) => new(
        node.Name,
        node.Device,
        node.Capacity,
        node.Standing switch
        {
            NodeStanding.There => "present",
            NodeStanding.Left => "left",
            _ => "lost",
        },
        (_time.GetUtcNow() - node.LastBeat).TotalSeconds,
        node.Software,
        node.Identity,
        [.. node.Jobs.Select(static job => new TrainerJobView(job.Experiment, job.Version, job.Seconds))]);
}
