using DklActors.Actors.Controlling;
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
                    start.Settings, start.Ports, start.Guard, appends, start.Holds, start.Observer)),
                $"experiment-{start.Settings.RunId}");
            Context.Watch(experiment);
            _running.Add(experiment, (start.Settings.RunId, Sender));
            CommandsOf(start.Settings.RunId).TellTo(experiment);
        });
        Receive<ExperimentRestarted>(_ =>
        {
            if (_running.TryGetValue(Sender, out (string RunId, IActorRef Asker) run))
            {
                CommandsOf(run.RunId).TellTo(Sender);
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
        Receive<ControlRequest>(request =>
        {
            IActorRef? experiment = _running.FirstOrDefault(run => run.Value.RunId == request.RunId).Key;
            bool stands = CommandsOf(request.RunId).Note(request, experiment is null ? Sender : ActorRefs.Nobody);
            if (experiment is not null)
            {
                experiment.Tell(request, Sender);
            }
            else if (!stands)
            {
                Sender.Tell(ControlAnswer.Refused("The run is not under way."));
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

    protected override SupervisorStrategy SupervisorStrategy() =>
        new OneForOneStrategy(3, TimeSpan.FromMinutes(1), exception => exception switch
        {
            ActorInitializationException => Directive.Stop,
            _ => Directive.Restart,
        });
}
