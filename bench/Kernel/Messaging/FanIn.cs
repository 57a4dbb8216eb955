namespace DklActors.Kernel.Messaging;

/// <summary>
/// Eight producers and one consumer. A producer sends batches and keeps two of them on the way, so that no mailbox
/// of either runtime overflows.
/// </summary>
internal sealed class FanIn : IDisposable
{
    public const int Producers = 8;
    private const int Batch = 100;

    private readonly CountdownEvent _running = new(1);
    private readonly IActorRef[] _producers;
    private readonly int _batches;

    public FanIn(ActorSystem system, int messages)
    {
        _batches = messages / Producers / (Batch + 1);
        var consumer = system.ActorOf(Props.Create(() => new Consumer()));
        _producers =
        [
            .. Enumerable.Range(0, Producers)
                .Select(_ => system.ActorOf(Props.Create(() => new Producer(consumer, _running)))),
        ];
    }

    /// <summary>Of one run: items and the marks between batches.</summary>
    public int Messages => _batches * (Batch + 1) * Producers;

    public void Run()
    {
        _running.Reset(Producers);
        foreach (var producer in _producers)
        {
            producer.Tell(new Start(_batches), ActorRefs.NoSender);
        }

        _running.Wait();
    }

    public void Dispose() => _running.Dispose();

    private sealed record Start(int Batches);

    private sealed class Item
    {
        public static Item Instance { get; } = new();
    }

    private sealed class Mark
    {
        public static Mark Instance { get; } = new();
    }

    private sealed class Producer(IActorRef consumer, CountdownEvent running) : UntypedActor
    {
        private int _unsent;
        private int _unacknowledged;

        protected override void OnReceive(object message)
        {
            if (message is Start start)
            {
                (_unsent, _unacknowledged) = (start.Batches, start.Batches);
                SendBatch();
                SendBatch();
                return;
            }

            SendBatch();
            if (--_unacknowledged == 0)
            {
                running.Signal();
            }
        }

        private void SendBatch()
        {
            if (_unsent-- <= 0)
            {
                return;
            }

            for (var i = 0; i < Batch; i++)
            {
                consumer.Tell(Item.Instance, Self);
            }

            consumer.Tell(Mark.Instance, Self);
        }
    }

    private sealed class Consumer : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is Mark)
            {
                Sender.Tell(message, Self);
            }
        }
    }
}
