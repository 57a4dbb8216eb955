using DklActors.Actors.Controlling;
using DklActors.Actors.Experiments;
using DklActors.Actors.Interlock;
using DklActors.Actors.Running;
using DklActors.Actors.Tests.Experiments;
using DklActors.Actors.Tests.Support;
using DklActors.Journal.Sqlite;
using DklActors.Journal.Storage;
using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Messages.Events;
using DklActors.Messages.Models;

namespace DklActors.Actors.Tests.Recovery;

/// <summary>What the simulation of the whole pipeline found, each bug by itself and on real threads.</summary>
/// <remarks>What it found of scans is in <see cref="SurveyTests"/>, of pauses in <see cref="PauseTests"/>.</remarks>
public sealed class FoundBySimulation
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_stop_before_a_run_is_prepared_is_carried_out_although_a_pause_and_its_end_are_journaled()
    {
        await using var laboratory = new Laboratory();
        laboratory.Wrap = store => new InterceptedStore(store)
        {
            OnAppend = request => request.Events[0] is PointScalarized { Point.Value: 4 }
                ? throw new JournalException("power cut")
                : Task.CompletedTask,
        };
        await laboratory.RunAsync();
        laboratory.Diary.LiveState.Run.Should().Be(RunState.Running, "or nothing could be paused so early");

        InterceptedStore? journal = null;
        laboratory.Wrap = store => journal = new InterceptedStore(store);
        var resuming = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ExperimentOutcome outcome = await laboratory.RunAsync(runner => journal!.OnAppend = request =>
        {
            if (request.Events[0] is ExperimentContinued)
            {
                runner.Pause("maria", "look");
                runner.Stop("jan", "coffee");
                runner.Resume("maria", "go on");
                return resuming.Task;
            }

            if (request.Events[0] is RunResumed)
            {
                resuming.TrySetResult();
            }

            return Task.CompletedTask;
        });

        outcome.State.Run.Should().Be(RunState.Stopped);
        outcome.State.EndReason.Should().Be("coffee");
    }

    [Fact]
    public async Task An_engine_that_answers_with_an_older_model_is_not_believed()
    {
        await using var laboratory = new Laboratory();
        Func<CandidateSet, IDklEngine> create = laboratory.CreateEngine;
        laboratory.CreateEngine = candidates => new Repeating(create(candidates));
        ExperimentOutcome outcome = await laboratory.RunAsync();

        JournalEvent[] events = [.. laboratory.Diary.Events.Select(stored => stored.Event)];
        outcome.State.Run.Should().Be(RunState.Completed, outcome.State.EndReason);
        events.OfType<TrainingFailed>().Should().ContainSingle()
            .Which.Reason.Should().Contain("Asked for model 2").And.Contain("model 1");
        events.OfType<ModelTrained>().Select(model => model.Version).Should().OnlyHaveUniqueItems().And.NotBeEmpty();
    }

    [Fact]
    public async Task An_experiment_made_anew_reads_the_journal_only_once_all_it_asked_for_before_is_in_it()
    {
        await using var laboratory = new Laboratory();
        var restarted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int faults = 0;
        bool isDue = false;
        laboratory.Scope = new FaultyMicroscope(laboratory.Microscope)
        {
            OnBeamCurrent = () =>
            {
                if (Volatile.Read(ref isDue) && Interlocked.Increment(ref faults) == 1)
                {
                    throw new InvalidOperationException("a driver's bug on the experiment's own thread");
                }
            },
        };
        await using SqliteEventStore store = laboratory.OpenStore();
        var journal = new InterceptedStore(store)
        {
            BeforeCommit = request =>
            {
                if (request.Events[0] is not FrameRecorded { Point.Value: 2 })
                {
                    return Task.CompletedTask;
                }

                Volatile.Write(ref isDue, true);
                return restarted.Task;
            },
        };
        // What it reads it reads as soon as it is told to begin, before the parent lets the commit go on.
        ExperimentPorts ports = laboratory.PortsTo(journal) with { Background = new Immediately() };
        ExperimentEnded ended = await RunAsync(laboratory, ports, _ => restarted.TrySetResult());

        restarted.Task.IsCompleted.Should().BeTrue("or this proves nothing");
        ended.Fault.Should().BeNull();
        ended.State.Run.Should().Be(RunState.Completed, ended.State.EndReason);
        ended.State.Points.Values.Single(point => point.Id.Value == 2).Stage.Should().Be(PointStage.Scalarized);
        laboratory.Verify().FirstFault.Should().BeNull();
    }

    [Fact]
    public async Task An_experiment_that_is_told_the_same_twice_while_it_reads_the_journal_hears_it_as_once()
    {
        await using var laboratory = new Laboratory();
        await using SqliteEventStore store = laboratory.OpenStore();
        int restarts = 0;
        using var said = new ManualResetEventSlim();
        var journal = new InterceptedStore(store) { BeforeRead = said.Wait };
        ExperimentEnded ended = await RunAsync(
            laboratory,
            laboratory.PortsTo(journal),
            _ => restarts++,
            experiment =>
            {
                for (int twice = 0; twice < 2; twice++)
                {
                    foreach (RunControl control in (RunControl[])
                        [new SoftPause("maria", "look"), new StopAtPoint("jan", "coffee")])
                    {
                        experiment.Tell(new ControlRequest(Laboratory.RunId, control, 0), ActorRefs.Nobody);
                    }
                }

                said.Set();
            });

        restarts.Should().Be(0);
        ended.Fault.Should().BeNull();
        ended.State.Run.Should().Be(RunState.Stopped);
        laboratory.Diary.Events.Select(stored => stored.Event.GetType())
            .Should().Equal(typeof(ExperimentStarted), typeof(ExperimentStopped));
    }

    private static async Task<ExperimentEnded> RunAsync(
        Laboratory laboratory,
        ExperimentPorts ports,
        Action<IActorRef> restarted,
        Action<IActorRef>? begun = null)
    {
        var ended = new TaskCompletionSource<ExperimentEnded>(TaskCreationOptions.RunContinuationsAsynchronously);
        Action<ExperimentEnded> note = news => ended.TrySetResult(news);
        using var guard = new BeamGuard(ports.Microscope.Beam, ports.Time);
        var appends = new AppendsUnderWay();
        var props = Props.Create(() => new ExperimentActor(
            laboratory.Settings, ports, guard, appends, new HoldBoard(), laboratory.Diary));
        var system = ActorSystem.Create("dkl");
        try
        {
            IActorRef overseer = system.ActorOf(Props.Create(() => new Overseer(props, restarted, note)));
            begun?.Invoke(overseer);
            return await ended.Task.WaitAsync(Patience);
        }
        finally
        {
            await system.Terminate();
        }
    }

    /// <summary>Answers the second training with the outcome of the first.</summary>
    private sealed class Repeating(IDklEngine inner) : IDklEngine
    {
        private TrainedModel? _first;
        private int _calls;

        public string Identity => inner.Identity;

        public TrainedModel Train(TrainingRequest request, CancellationToken cancellationToken)
        {
            if (++_calls == 2)
            {
                return _first!;
            }

            TrainedModel model = inner.Train(request, cancellationToken);
            _first ??= model;
            return model;
        }

        public CandidateModel Restore(ModelState state) => inner.Restore(state);

        public CandidateModel Prior(ulong seed) => inner.Prior(seed);
    }

    private sealed class Immediately : TaskScheduler
    {
        protected override void QueueTask(Task task) => TryExecuteTask(task);

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => TryExecuteTask(task);

        protected override IEnumerable<Task> GetScheduledTasks() => [];
    }
}
