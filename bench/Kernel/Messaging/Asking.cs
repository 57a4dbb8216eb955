namespace DklActors.Kernel.Messaging;

/// <summary>Requests from outside, each with a task for its reply.</summary>
internal sealed class Asking : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly CountdownEvent _running = new(1);
    private readonly IActorRef _replier;
    private readonly int _callers;
    private readonly int _asks;

    /// <param name="callers">How many ask at the same time; each waits for its reply before it asks again.</param>
    /// <param name="asks">Of one run, over all callers.</param>
    public Asking(ActorSystem system, int callers, int asks)
    {
        _replier = system.ActorOf(Props.Create(() => new Replier()));
        _callers = callers;
        _asks = asks;
    }

    public void Run()
    {
        _running.Reset(_callers);
        for (var i = 0; i < _callers; i++)
        {
            _ = Task.Run(CallAsync);
        }

        _running.Wait();
    }

    public void Dispose() => _running.Dispose();

    private async Task CallAsync()
    {
        for (var i = 0; i < _asks / _callers; i++)
        {
            await _replier.Ask<string>("question", Limit).ConfigureAwait(false);
        }

        _running.Signal();
    }

    private sealed class Replier : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell("answer", Self);
    }
}
