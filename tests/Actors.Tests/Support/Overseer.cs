using DklActors.Actors.Controlling;
using DklActors.Actors.Experiments;

namespace DklActors.Actors.Tests.Support;

/// <summary>
/// Stands where the registry of runs stands: a test hears what an experiment tells its parent, and tells it things at
/// a moment of its own choosing.
/// </summary>
internal sealed class Overseer : ReceiveActor
{
    public Overseer(Props props, Action<IActorRef> restarted, Action<ExperimentEnded> ended)
    {
        IActorRef experiment = Context.ActorOf(props, "experiment");
        experiment.Tell(StandingTold.Instance);
        Receive<ExperimentRestarted>(_ =>
        {
            Sender.Tell(StandingTold.Instance);
            restarted(Sender);
        });
        Receive(ended);
        ReceiveAny(experiment.Tell);
    }
}
