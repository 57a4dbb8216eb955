using DklActors.Actors.Experiments;

namespace DklActors.Actors.Running;

/// <summary>Registry of runs. An experiment that fails is made anew from its journal, a few times.</summary>
internal sealed class ExperimentsActor : ReceiveActor
{
    private readonly Dictionary<IActorRef, (string RunId, IActorRef Asker)> _running = [];
    private readonly Dictionary<string, StandingCommands> _commands = [];
    private readonly ILoggingAdapter _log = Context.GetLogger();

    public ExperimentsActor()
    {
        Receive<StartExperiment>(start =>
        {
            var appends = new AppendsUnderWay();
            IActorRef experiment = Context.ActorOf(
                Props.Create(() => new ExperimentActor(
                    start.Settings, start.Ports, start.Guard, appends, start.Observer)),
                $"experiment-{start.Settings.RunId}");
            Context.Watch(experiment);
            _running.Add(experiment, (start.Settings.RunId, Sender));
            TellStandingCommands(experiment, start.Settings.RunId);
        });
        Receive<ExperimentRestarted>(_ =>
        {
            if (_running.TryGetValue(Sender, out (string RunId, IActorRef Asker) run))
            {
                TellStandingCommands(Sender, run.RunId);
            }
        });
        Receive<ExperimentEnded>(ended =>
        {
            if (_running.Remove(Sender, out (string RunId, IActorRef Asker) run))
            {
                _commands.Remove(run.RunId);
                run.Asker.Tell(ended);
            }
        });
        Receive<Terminated>(terminated =>
        {
            if (_running.Remove(terminated.ActorRef, out (string RunId, IActorRef Asker) run))
            {
                _log.WithContext(RunLogLine.RunId, run.RunId)
                    .Error("The experiment failed again and again and is given up");
                run.Asker.Tell(new ExperimentEnded(
                    ExperimentState.Empty, $"Run {run.RunId} failed again and again and was given up."));
            }
        });
        Receive<RunCommand>(command =>
        {
            CommandsOf(command.RunId).Note(command.Command);
            foreach ((IActorRef experiment, (string runId, _)) in _running)
            {
                if (runId == command.RunId)
                {
                    experiment.Tell(command.Command);
                }
            }
        });
    }

    private StandingCommands CommandsOf(string runId)
    {
        if (!_commands.TryGetValue(runId, out StandingCommands? commands))
        {
            _commands.Add(runId, commands = new StandingCommands());
        }

        return commands;
    }

    private void TellStandingCommands(IActorRef experiment, string runId)
    {
        foreach (object command in CommandsOf(runId).All)
        {
            experiment.Tell(command);
        }
    }

    protected override SupervisorStrategy SupervisorStrategy() =>
        new OneForOneStrategy(3, TimeSpan.FromMinutes(1), exception => exception switch
        {
            ActorInitializationException => Directive.Stop,
            _ => Directive.Restart,
        });
}
