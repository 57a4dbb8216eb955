using DklActors.ActorKernel.Configuration;
using DklActors.ActorKernel.Dispatch;
using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.Own;

public sealed class Dispatchers
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_pinned_actor_has_one_thread_of_its_own()
    {
        var system = ActorSystem.Create("pinned");
        var probe = new Probe(system);
        var actor = system.ActorOf(Puppet.Props(probe).WithDispatcher("pinned"), "safety");
        var names = new HashSet<string?>();
        for (var i = 0; i < 20; i++)
        {
            actor.Tell(new Do(_ => probe.Ref.Tell(
                (Thread.CurrentThread.Name, Thread.CurrentThread.IsThreadPoolThread))));
            var (name, pooled) = await probe.ExpectAsync<(string, bool)>();
            pooled.Should().BeFalse();
            names.Add(name);
        }

        names.Should().Equal("/user/safety");
        await system.Terminate().WaitAsync(Patience);
    }

    [Fact]
    public void A_system_runs_on_any_dispatcher_also_one_step_at_a_time_on_the_tests_thread()
    {
        using var dispatcher = new SteppingDispatcher();
        var system = ActorSystem.Create("stepped", new ActorSystemSettings { DefaultDispatcher = () => dispatcher });
        var log = new List<string>();
        var relay = system.ActorOf(Props.Create(() => new Relay(log)), "relay");
        relay.Tell("ping");
        log.Should().BeEmpty("nothing runs by itself");

        dispatcher.RunUntilIdle();

        log.Should().Equal("relay got ping", "child got ping");
        _ = system.Terminate();
    }

    private sealed class Relay : ReceiveActor
    {
        public Relay(List<string> log)
        {
            Receive<string>(message =>
            {
                log.Add($"{Self.Path.Name} got {message}");
                if (Self.Path.Name == "relay")
                {
                    Context.ActorOf(Props.Create(() => new Relay(log)), "child").Forward(message);
                }
            });
        }
    }

    private sealed class SteppingDispatcher : MessageDispatcher
    {
        private readonly Queue<IThreadPoolWorkItem> _work = new();

        public override void Schedule(IThreadPoolWorkItem work)
        {
            lock (_work)
            {
                _work.Enqueue(work);
            }
        }

        public void RunUntilIdle()
        {
            while (true)
            {
                IThreadPoolWorkItem? work;
                lock (_work)
                {
                    if (!_work.TryDequeue(out work))
                    {
                        return;
                    }
                }

                work.Execute();
            }
        }
    }
}
