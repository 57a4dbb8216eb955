using DklActors.Actors.Experiments;
using DklActors.Actors.Planning;
using DklActors.Actors.Running;
using DklActors.Learning.Engines;
using DklActors.Messages.Models;

namespace DklActors.Actors.Training;

/// <summary>
/// One training at a time on a thread of its own, and at most one waiting: the latest wins, so that training can be
/// slower than measuring without a queue that grows.
/// </summary>
internal sealed class TrainerActor : WorkerActor
{
    private readonly IDklEngine _engine;
    private readonly ulong _runSeed;
    private readonly TimeSpan _deadline;
    private readonly TimeProvider _time;
    private readonly TaskScheduler _background;
    private CancellationTokenSource _stopping = new();
    private ModelState? _last;
    private int _models;
    private int _generation;
    private TrainOn? _waiting;
    private TrainingRequest? _current;
    private Guid _named;
    private bool _remembers;
    private bool _startCold;

    public TrainerActor(
        IDklEngine engine, ulong runSeed, TimeSpan deadline, TimeProvider time, TaskScheduler background)
    {
        _engine = engine;
        _runSeed = runSeed;
        _deadline = deadline;
        _time = time;
        _background = background;

        Receive<RememberModel>(memory =>
        {
            if (memory.Generation != _generation && _current is not null)
            {
                // What is under way learns from scalars that are void. Its end is nobody's.
                _stopping.Cancel();
                _stopping.Dispose();
                _stopping = new CancellationTokenSource();
                _current = null;
            }

            (_last, _models, _generation) = (memory.Last, memory.Models, memory.Generation);
            _startCold = false;
            _remembers = true;
            // Asked for before.
            _waiting = _waiting is { } waiting && waiting.Generation == _generation ? waiting : null;
            StartIfIdle();
        });
        Receive<TrainOn>(request =>
        {
            _waiting = request;
            StartIfIdle();
        });
        Receive<SendTraining>(send =>
        {
            if (_current is { } job && send.Job == _named)
            {
                Begin(job);
            }
        });
        Receive<Trained>(trained => Finish(trained, () =>
        {
            _last = trained.Model.State;
            _models = trained.Job.Version;
            _startCold = false;
        }));
        // Weights that training could not go on from are not tried again.
        Receive<TrainingGaveUp>(gaveUp => Finish(gaveUp, () => _startCold = true));
    }

    protected override void PostRestart(Exception reason) => Context.Parent.Tell(new TrainerRestarted());

    protected override void PostStop()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private void Finish(TrainingOutcome outcome, Action note)
    {
        // A training that an earlier life of this actor began is nobody's any more.
        if (outcome.Job != _current)
        {
            return;
        }

        _current = null;
        note();
        Context.Parent.Tell(outcome with { Generation = _generation });
        StartIfIdle();
    }

    private void StartIfIdle()
    {
        if (_current is not null || _waiting is null || !_remembers)
        {
            return;
        }

        int version = _models + 1;
        var job = new TrainingRequest(
            version,
            _waiting.Observations,
            _startCold ? null : _last,
            RunSeeds.Training(_runSeed, version));
        _waiting = null;
        _current = job;
        if (_engine is ISendingEngine sending)
        {
            _named = sending.NameJob(job);
            Context.Parent.Tell(new TrainingToSend(_named, job, _generation));
        }
        else
        {
            Begin(job);
        }
    }

    private void Begin(TrainingRequest job)
    {
        Guid name = _named;
        CancellationToken stopping = _stopping.Token;
        _background.Start(() => TrainAsync(name, job, stopping), TaskCreationOptions.LongRunning).Unwrap().PipeTo(
            Self,
            Self,
            failure: exception => new TrainingGaveUp(
                $"{exception.GetBaseException().GetType().Name}: {exception.GetBaseException().Message}",
                job,
                TimeSpan.Zero));
    }

    private async Task<TrainingOutcome> TrainAsync(Guid name, TrainingRequest job, CancellationToken stopping)
    {
        long started = _time.GetTimestamp();
        using var deadline = new CancellationTokenSource(_deadline, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stopping);
        try
        {
            TrainedModel model = _engine is ISendingEngine sending
                ? await sending.TrainAsync(name, job, either.Token).ConfigureAwait(false)
                : _engine.Train(job, either.Token);
            TimeSpan took = _time.GetElapsedTime(started);

            // Two models of one number, and no decision could be made again from the number it names.
            return model.State.Version == job.Version && model.Model.Version == job.Version
                ? new Trained(model, job, took)
                : new TrainingGaveUp(
                    $"Asked for model {job.Version}, the engine answered with model {model.State.Version}.", job, took);
        }
        catch (TrainingFailedException exception)
        {
            return new TrainingGaveUp(exception.Message, job, _time.GetElapsedTime(started));
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            string reason = $"Training took longer than {_deadline.TotalSeconds:G3} s.";
            return new TrainingGaveUp(reason, job, _time.GetElapsedTime(started));
        }
    }
}
