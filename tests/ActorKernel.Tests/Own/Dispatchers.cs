using DklActors.ActorKernel.Configuration;
using DklActors.ActorKernel.Dispatch;
using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.Own;

public sealed class Dispatchers
{
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
