using System.Threading.Channels;
using DklActors.Host.Trainers.Broker;
using DklActors.Host.Trainers.Wire;

namespace DklActors.Host.Trainers.Node;

/// <summary>
/// Tells the daemons of this node, every two seconds and at each change. What cannot be told is not kept.
/// </summary>
internal sealed class NodeBeats : IDisposable
{
    private static readonly TimeSpan Confirming = TimeSpan.FromSeconds(2);

    private readonly BrokerLink _link;
    private readonly MessageSeal _seal;
    private readonly Func<bool, long, NodeBeat> _describe;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private Task _running = Task.CompletedTask;
    private long _sequence;

    /// <param name="link">The broker.</param>
    /// <param name="seal">Signs them.</param>
    /// <param name="describe">Makes a beat; is given whether the node leaves, and the beat's number.</param>
    /// <param name="time">The clock.</param>
    public NodeBeats(BrokerLink link, MessageSeal seal, Func<bool, long, NodeBeat> describe, TimeProvider time)
    {
        _link = link;
        _seal = seal;
        _describe = describe;
        _time = time;
    }

    public void Start() => _running = Task.Run(RunAsync);

    /// <summary>Something changed: tells it now.</summary>
    public void Change() => _changes.Writer.TryWrite(true);

    /// <summary>Says goodbye, if it can.</summary>
    public async Task LeaveAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        await TellAsync(isLeaving: true).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        Task<bool> change = ChangedAsync();
        while (!_stopping.IsCancellationRequested)
        {
            await TellAsync(isLeaving: false).ConfigureAwait(false);
            using var awake = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
            Task pause = Task.Delay(TrainerProtocol.BeatInterval, _time, awake.Token);
            await Task.WhenAny(pause, change).ConfigureAwait(false);
            await awake.CancelAsync().ConfigureAwait(false);
            if (change.IsCompleted)
            {
                change = ChangedAsync();
            }
        }
    }

    private async Task<bool> ChangedAsync()
    {
        try
        {
            return await _changes.Reader.ReadAsync(_stopping.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task TellAsync(bool isLeaving)
    {
        if (_link.Session is not { } session)
        {
            return;
        }

        NodeBeat beat = _describe(isLeaving, ++_sequence);
        byte[] body = WireJson.Write(beat, TrainerProtocol.LargestBeat);
        try
        {
            await session.PublishAsync(
                OutgoingMessage.ToAll(TrainerTopology.Beats, beat.Node, body, _seal, MessageKind.Beat),
                Confirming, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (LinkFaults.Are(exception))
        {
            // The daemons hear the next one, or nothing, and know what that means.
        }
    }
}
