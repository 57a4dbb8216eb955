using DklActors.Actors.Experiments;

namespace DklActors.Actors.Running;

/// <summary>Registry of runs. An experiment that fails is made anew from its journal, a few times.</summary>
internal sealed class ExperimentsActor : ReceiveActor
{
    private readonly Dictionary<IActorRef, (string RunId, IActorRef Asker)> _running = [];

    public ExperimentsActor()
    {
        Receive<StartExperiment>(start =>
        {
            IActorRef experiment = Context.ActorOf(
                Props.Create(() => new ExperimentActor(start.Settings, start.Ports, start.Guard, start.Observer)),
                $"experiment-{start.Settings.RunId}");
            Context.Watch(experiment);
            _running.Add(experiment, (start.Settings.RunId, Sender));
        });
        Receive<ExperimentEnded>(ended =>
        {
            if (_running.Remove(Sender, out (string RunId, IActorRef Asker) run))
            {
                run.Asker.Tell(ended);
            }
        });
        Receive<Terminated>(terminated =>
        {
            if (_running.Remove(terminated.ActorRef, out (string RunId, IActorRef Asker) run))
            {
                run.Asker.Tell(new ExperimentEnded(
                    ExperimentState.Empty, $"Run {run.RunId} failed again and again and was given up."));
            }
        });
        Receive<RunCommand>(command =>
        {
            foreach ((IActorRef experiment, (string runId, _)) in _running)
            {
                if (runId == command.RunId)
                {
                    experiment.Tell(command.Command);
                }
            }
        });
    }

    protected override SupervisorStrategy SupervisorStrategy() =>
        new OneForOneStrategy(3, TimeSpan.FromMinutes(1), exception => exception switch
        {
            ActorInitializationException => Directive.Stop,
            _ => Directive.Restart,
        });
}
