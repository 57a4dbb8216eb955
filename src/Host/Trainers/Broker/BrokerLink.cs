using Microsoft.Extensions.Logging;

namespace DklActors.Host.Trainers.Broker;

/// <summary>
/// Keeps a session with the broker: makes one, has everything declared and consumed, and makes another when it is gone,
/// with pauses between the tries, for as long as it lives.
/// </summary>
internal sealed class BrokerLink : IAsyncDisposable
{
    private static readonly TimeSpan Confirming = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(200);

    // A client that waits for a broker that died meanwhile may wait for ever; the link does not.
    private static readonly TimeSpan Beginning = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Ending = TimeSpan.FromSeconds(10);

    private readonly BrokerAddress _address;
    private readonly string _name;
    private readonly Func<BrokerSession, CancellationToken, Task> _begin;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly ReconnectPauses _pauses;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private TaskCompletionSource<BrokerSession> _next = NewSession();
    private BrokerSession? _session;
    private Task _running = Task.CompletedTask;

    /// <param name="address">The broker.</param>
    /// <param name="name">Whose link it is.</param>
    /// <param name="begin">Declares and consumes what is wanted, at each new session; the link is up after it.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Where ups and downs are told.</param>
    public BrokerLink(
        BrokerAddress address,
        string name,
        Func<BrokerSession, CancellationToken, Task> begin,
        TimeProvider time,
        ILogger log)
    {
        _address = address;
        _name = name;
        _begin = begin;
        _pauses = new ReconnectPauses(name);
        _time = time;
        _log = log;
        State = new LinkState(false, time.GetUtcNow(), time.GetTimestamp(), "it was not tried yet", 0);
    }

    /// <summary>There is a session now.</summary>
    public event Action? Connected;

    public LinkState State { get; private set; }

    public void Start() => _running = Task.Run(RunAsync);

    /// <summary>The session, once there is one.</summary>
    public Task<BrokerSession> SessionAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _next.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>The session, or null while there is none.</summary>
    public BrokerSession? Session
    {
        get
        {
            lock (_gate)
            {
                return _session;
            }
        }
    }

    /// <summary>
    /// Publishes, across sessions where need be, until it is confirmed; it may then have arrived twice.
    /// </summary>
    /// <param name="prepare">What has to be there for it, done before each try; may be null.</param>
    /// <param name="message">The message.</param>
    /// <param name="patience">For all of it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="BrokerException">Not confirmed within the patience; says why.</exception>
    /// <exception cref="UnroutableException">There is no queue for it.</exception>
    public async Task PublishAsync(
        OutgoingMessage message,
        Func<BrokerSession, CancellationToken, Task>? prepare,
        TimeSpan patience,
        CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        string? reason = null;
        while (true)
        {
            BrokerSession? session = null;
            try
            {
                session = await SessionAsync(either.Token).ConfigureAwait(false);
                if (prepare is not null)
                {
                    await prepare(session, either.Token).ConfigureAwait(false);
                }

                await session.PublishAsync(message, Confirming, either.Token).ConfigureAwait(false);
                return;
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
            catch (Exception exception) when (LinkFaults.Are(exception))
            {
                reason = session?.Blocked is { } blocked ? $"it takes no messages: {blocked}"
                    : session is null ? State.Reason ?? reason
                    : limit.IsCancellationRequested ? reason ?? "it did not confirm in time"
                    : LinkFaults.ReasonOf(exception);
                if (limit.IsCancellationRequested)
                {
                    throw new BrokerException(
                        $"{_address} did not take a message within {patience.TotalSeconds:G3} s: {reason}.", exception);
                }

                await PauseAsync(either.Token).ConfigureAwait(false);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _stopping.Dispose();
    }

    private static TaskCompletionSource<BrokerSession> NewSession()
    {
        var session = new TaskCompletionSource<BrokerSession>(TaskCreationOptions.RunContinuationsAsynchronously);
        // Nobody may be waiting when the link is closed.
        _ = session.Task.ContinueWith(
            static task => _ = task.Exception,
            CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return session;
    }

    private async Task RunAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            string reason = await LiveAsync().ConfigureAwait(false);
            if (_stopping.IsCancellationRequested)
            {
                break;
            }

            Tell(reason);
            await PauseAsync(_pauses.Next()).ConfigureAwait(false);
        }

        lock (_gate)
        {
            _next.TrySetException(new BrokerException("The link to the broker is closed."));
        }
    }

    /// <returns>Why it ended, or never began.</returns>
    private async Task<string> LiveAsync()
    {
        BrokerSession? session = null;
        try
        {
            session = await BrokerSession.OpenAsync(_address, _name, _time, _stopping.Token).ConfigureAwait(false);
            await _begin(session, _stopping.Token).WaitAsync(Beginning, _time, _stopping.Token).ConfigureAwait(false);
            _pauses.Reset();
            State = new LinkState(true, _time.GetUtcNow(), _time.GetTimestamp(), null, State.Connections + 1);
            _log.LogInformation("Connected to the broker {Broker}", _address);
            lock (_gate)
            {
                _session = session;
                _next.SetResult(session);
            }

            Connected?.Invoke();
            return await session.Ended.WaitAsync(_stopping.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Whatever it is: the next try is the only thing that may help, and nobody else would make it.
            if (!LinkFaults.Are(exception))
            {
                _log.LogError(exception, "The link to the broker {Broker} failed in an unexpected way", _address);
            }

            return LinkFaults.ReasonOf(exception);
        }
        finally
        {
            lock (_gate)
            {
                _next = _next.Task.IsCompleted ? NewSession() : _next;
                _session = null;
            }

            if (session is not null)
            {
                await EndAsync(session).ConfigureAwait(false);
            }
        }
    }

    private async Task EndAsync(BrokerSession session)
    {
        try
        {
            await session.DisposeAsync().AsTask().WaitAsync(Ending, _time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            _log.LogWarning("A session with the broker {Broker} does not end; it is left alone", _address);
        }
    }

    private void Tell(string reason)
    {
        LinkState before = State;
        if (before.IsConnected || before.Reason != reason)
        {
            _log.LogWarning("No link to the broker {Broker}: {Reason}; it is tried again", _address, reason);
        }

        State = before.IsConnected
            ? new LinkState(false, _time.GetUtcNow(), _time.GetTimestamp(), reason, before.Connections)
            : before with { Reason = reason };
    }

    private async Task PauseAsync(TimeSpan pause)
    {
        try
        {
            await Task.Delay(pause, _time, _stopping.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Closed meanwhile.
        }
    }

    private async Task PauseAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(BetweenTries, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The next try says what became of it.
        }
    }
}
