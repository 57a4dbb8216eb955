using DklActors.ActorKernel.Configuration;
using DklActors.Actors.Experiments;
using DklActors.Actors.Running;
using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Simulation.Faults;
using DklActors.Simulation.Instruments;
using DklActors.Simulation.Invariants;
using DklActors.Simulation.Journals;
using DklActors.Simulation.Learning;
using DklActors.Simulation.People;

namespace DklActors.Simulation.Worlds;

/// <summary>
/// One process: the real pipeline, from its actor system to its beam guard, on one thread in virtual time, until the
/// run ends or the process is killed. What it leaves behind is the specimen and the disk.
/// </summary>
internal sealed class Process
{
    private const int EventsShown = 30;
    private static readonly TimeSpan LongestRun = TimeSpan.FromHours(3);

    private readonly World _world;
    private readonly DeterministicScheduler _scheduler;
    private readonly Column _column;
    private readonly SimulatedStore _store;
    private readonly VirtualLeaseClock _leaseClock;
    private readonly Watch _watch;
    private long? _diesAtStep;

    public Process(World world, ulong seed)
    {
        _world = world;
        _scheduler = new DeterministicScheduler(seed);
        _column = new Column(world.Specimen, world.Faults, _scheduler);
        _store = new SimulatedStore(world.Disk, world.Faults, _scheduler.Time, _scheduler.Break);
        _leaseClock = new VirtualLeaseClock(_scheduler.Time);
        _watch = new Watch(world, _column, _scheduler.Break);
        _scheduler.Slowness = world.Faults.Happens(FaultKind.MachineIsSlow) ? 0.02 : 0;
        _scheduler.AfterStep = AfterStep;
        _scheduler.Trace = world.Trace;
        if (world.Faults.Happens(FaultKind.ProcessDies))
        {
            _diesAtStep = 1 + world.Faults.Choice.Below(600);
        }
    }

    public long Steps => _scheduler.Steps;

    public ulong Fingerprint => _scheduler.Fingerprint;

    /// <summary>Runs until the end of the run.</summary>
    /// <returns>How it ended, or null if the process was killed.</returns>
    /// <exception cref="SimulationBrokenException">An invariant does not hold.</exception>
    public ExperimentOutcome? Run()
    {
        var ports = new ExperimentPorts(
            new SimulatedMicroscope(_world.Specimen, _column, _world.Faults, _scheduler.Time),
            _store,
            new FaultyScalarizer(_world.Scalarizer, _world.Faults, _scheduler),
            CreateEngine,
            [new SimulatedCondition(_world.Faults)],
            _scheduler.Time)
        {
            Background = _scheduler.Background,
            Choices = new SimulatedChoices(
                _world, inner => new FaultyScalarizer(inner, _world.Faults, _scheduler)),
        };
        try
        {
            return Run(ports);
        }
        catch (SimulationBrokenException broken) when (broken.InnerException is ProcessKilledException)
        {
            _store.IsDeserted = true;
            _column.Desert();
            return null;
        }
    }

    private IDklEngine CreateEngine(CandidateSet candidates)
    {
        IDklEngine engine = new FaultyEngine(
            Settings.CreateEngine(candidates, _world.Preset), _world.Faults, _scheduler);
        return _world.SendsTrainings ? new SentAway(engine, _world) : engine;
    }

    private ExperimentOutcome Run(ExperimentPorts ports)
    {
        var runner = new ExperimentRunner(
            _world.Settings,
            ports,
            _watch.OnLog,
            () => _watch.Actors = ActorSystem.Create("dkl", SystemSettings()),
            _leaseClock);
        var asked = new Asked(_world);
        using var person = new Operator(
            runner, _world.Faults, _scheduler.Time, asked, held => _watch.HoldHard(held));
        Task<ExperimentOutcome> run = runner.RunAsync(_watch);
        person.Start();
        if (!_scheduler.RunUntil(() => run.IsCompleted, LongestRun))
        {
            throw new InvalidOperationException(
                $"The run stands still: it is {_world.Disk.State.Run} after {LongestRun}.{Environment.NewLine}"
                + StateDigest.Of(_world.Disk.State)
                + string.Concat(_watch.Log.Select(line => line + Environment.NewLine))
                + string.Concat(_world.Disk.Read(Settings.RunId, Math.Max(0, _world.Disk.Count - EventsShown))
                    .Select(stored => $"{stored.SequenceNumber} {stored.Event}{Environment.NewLine}")));
        }

        ExperimentOutcome outcome = _scheduler.Run(run, LongestRun);
        _diesAtStep = null;
        Task end = runner.DisposeAsync().AsTask();
        if (!_scheduler.RunUntil(() => end.IsCompleted, LongestRun) || !end.IsCompletedSuccessfully)
        {
            throw new InvalidOperationException(
                "The actors do not come to their end. The last steps:" + Environment.NewLine
                + string.Join(Environment.NewLine, _scheduler.RecentSteps),
                end.Exception);
        }

        _watch.OnEnd(outcome, _store.Failed);
        if (outcome.Fault is null)
        {
            asked.RequireAnswers();
        }

        return outcome;
    }

    /// <summary>The mailboxes of a real run, on this thread and this clock.</summary>
    private ActorSystemSettings SystemSettings()
    {
        ActorSystemSettings simulated = _scheduler.Settings;
        return PipelineSystem.Settings with
        {
            TimeProvider = simulated.TimeProvider,
            DefaultDispatcher = simulated.DefaultDispatcher,
            Throughput = simulated.Throughput,
        };
    }

    private void AfterStep()
    {
        _leaseClock.Tick();
        if (_scheduler.Steps % 16 == 0 && _world.Faults.Happens(FaultKind.WallClockJumps))
        {
            _scheduler.Time.JumpWallClock(
                _world.Faults.Choice.Between(TimeSpan.FromHours(-30), TimeSpan.FromHours(30)));
        }

        _watch.AfterStep();
        if (_scheduler.Steps >= _diesAtStep)
        {
            throw new ProcessKilledException();
        }
    }
}
