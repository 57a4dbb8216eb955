using Akka.Configuration;
using Akka.Dispatch;

namespace DklActors.ActorKernel.TestKit.Waiting;

/// <summary>Runs actors on the thread pool and counts their turns.</summary>
public sealed class CountingExecutor(Config config, IDispatcherPrerequisites prerequisites)
    : ExecutorServiceConfigurator(config, prerequisites)
{
    public override ExecutorService Produce(string id) =>
        new Service(id, Handover.Of(Prerequisites.Settings.Config).Activity);

    private sealed class Service(string id, Activity activity) : ExecutorService(id)
    {
        public override void Execute(IRunnable run) =>
            ThreadPool.UnsafeQueueUserWorkItem(new CountedTurn(run, activity), preferLocal: false);

        public override void Shutdown()
        {
        }
    }
}
