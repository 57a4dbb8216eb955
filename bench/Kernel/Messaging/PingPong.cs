namespace DklActors.Kernel.Messaging;

/// <summary>Pairs of actors that send one object to and fro; every leg is a message.</summary>
internal sealed class PingPong : IDisposable
{
    private readonly CountdownEvent _running = new(1);
    private readonly IActorRef[] _pingers;
    private readonly int _inFlight;
    private readonly int _roundTrips;

    /// <param name="inFlight">Messages that each pair keeps on the way.</param>
    /// <param name="messages">Of one run, over all pairs.</param>
    public PingPong(ActorSystem system, int pairs, int inFlight, int messages)
    {
        _inFlight = inFlight;
        _roundTrips = messages / 2 / pairs;
        _pingers =
        [
            .. Enumerable.Range(0, pairs).Select(_ =>
            {
                var ponger = system.ActorOf(Props.Create(() => new Ponger()));
                return system.ActorOf(Props.Create(() => new Pinger(ponger, _running)));
            }),
        ];
    }

    public void Run()
    {
        _running.Reset(_pingers.Length);
        foreach (var pinger in _pingers)
        {
            pinger.Tell(new Start(_inFlight, _roundTrips), ActorRefs.NoSender);
        }

        _running.Wait();
    }

    public void Dispose() => _running.Dispose();

    private sealed record Start(int InFlight, int RoundTrips);

    private sealed class Ball
    {
        public static Ball Instance { get; } = new();
    }

    private sealed class Pinger(IActorRef ponger, CountdownEvent running) : UntypedActor
    {
        private int _unsent;
        private int _unreturned;

        protected override void OnReceive(object message)
        {
            if (message is Start start)
            {
                _unreturned = start.RoundTrips;
                _unsent = start.RoundTrips - start.InFlight;
                for (var i = 0; i < start.InFlight; i++)
                {
                    ponger.Tell(Ball.Instance, Self);
                }

                return;
            }

            if (_unsent > 0)
            {
                _unsent--;
                ponger.Tell(message, Self);
            }

            if (--_unreturned == 0)
            {
                running.Signal();
            }
        }
    }

    private sealed class Ponger : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message, Self);
    }
}
