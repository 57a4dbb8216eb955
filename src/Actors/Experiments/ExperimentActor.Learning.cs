using DklActors.Actors.Controlling;
using DklActors.Actors.Planning;
using DklActors.Actors.Running;
using DklActors.Actors.Scalarizing;
using DklActors.Actors.Training;
using DklActors.Journal.Storage;
using DklActors.Learning.Engines;
using DklActors.Messages;
using DklActors.Messages.Events;
using DklActors.Messages.Models;
using DklActors.Messages.Scalars;

namespace DklActors.Actors.Experiments;

/// <summary>Every scalar is conditioned on at once and trained on when the trainer gets to it.</summary>
internal sealed partial class ExperimentActor
{
    private const string TrainerName = "trainer";
    private const string ScalarizerName = "scalarizer";
    private static readonly TimeSpan ScalarizingDeadline = TimeSpan.FromMinutes(1);

    // The model that goes with _state.Model, kept for a planner that has to be made anew.
    private CandidateModel? _model;
    private ModelState? _modelState;
    private int _trainingRequestedFor;

    // Scalars that were all there before the first model after a change, which is not too old for them.
    private int _ageFrom;

    // Frames are being read for the scalarizer.
    private bool _reading;

    // Points whose scalar was asked for and has not come.
    private readonly HashSet<PointId> _scalarizing = [];

    // What the planner's posterior was made from, as last told.
    private int _beliefVersion;
    private int _beliefObservations;

    /// <summary>Scalars that the model was not trained on.</summary>
    private int ModelAge => _state.Usable.Count - (_state.Model?.Observations ?? _ageFrom);

    private IEnumerable<Observation> Observations() => _state.UsableScalars().Select(usable =>
        new Observation(
            _candidates!.TryIndexOf(usable.Patch, out int candidate)
                ? candidate
                : throw new InvalidOperationException($"Patch {usable.Patch} is not a candidate."),
            usable.Scalar.Value,
            usable.Scalar.StandardError));

    /// <summary>A scalarizer may be somebody's plug-in, and may hang.</summary>
    private void Scalarize(Scalarize frame)
    {
        _scalarizing.Add(frame.Point);
        Await(ScalarizerName, ScalarizingDeadline);
        _scalarizer.Tell(frame);
    }

    private void OnScalarized(Scalarized scalarized)
    {
        if (scalarized.Generation != _generation)
        {
            // Of a scalarizer that is not in force any more.
            return;
        }

        _scalarizing.Remove(scalarized.Point);
        Persist(
            new PointScalarized(
                scalarized.Point, scalarized.Result, _scalarizerNow.Identity, scalarized.Took),
            () => LearnFrom(scalarized));
        if (_scalarizing.Count > 0)
        {
            Await(ScalarizerName, ScalarizingDeadline);
        }
        else
        {
            Timers.Cancel(ScalarizerName);
        }

        ScalarizeWhatIsComplete();
    }

    private void LearnFrom(Scalarized scalarized)
    {
        if (scalarized.Generation != _generation)
        {
            return;
        }

        if (scalarized.Result.Quality != ScalarQuality.Bad)
        {
            _planner.Tell(new Observe(Observations().Last()));
        }
        else
        {
            _log.Warning("Point {Point} is not learned from: {Reason}", scalarized.Point, scalarized.Result.Reason);
        }

        RequestTraining();
        Pump();
    }

    private void RequestTraining()
    {
        // A model of a part of the scalars would be of no use when the others are there a moment later.
        if (_changing > 0 || !_state.Outdated.IsEmpty)
        {
            return;
        }

        int observations = _state.Usable.Count;
        bool isNew = observations > Math.Max(_trainingRequestedFor, _state.Model?.Observations ?? 0);
        if (isNew && observations >= _settings.Learning.FirstTraining)
        {
            _trainingRequestedFor = observations;
            if (_state.Scalarizer is not null && _state.Model is null && _ageFrom == 0)
            {
                _ageFrom = observations;
            }

            // An engine minds its own deadline. One that does not, under way or next, is not waited for for ever.
            Await(TrainerName, 2 * _settings.Learning.Deadline);
            _log.Debug("Training on {Observations} points asked for", observations);
            _trainer.Tell(new TrainOn([.. Observations()], _generation));
        }
    }

    private void OnTrainingToSend(TrainingToSend training)
    {
        if (training.Generation != _generation)
        {
            return;
        }

        TrainingRequest job = training.Request;
        var sent = new TrainingSent(
            training.Job, job.Version, job.Observations.Length, job.WarmStart?.Version ?? 0, job.Seed);
        Persist(sent, () => _trainer.Tell(new SendTraining(sent.Job)));
    }

    private void OnTrained(Trained trained)
    {
        if (trained.Generation != _generation)
        {
            return;
        }

        OnTrainerAnswered(trained);
        // Only strictly newer data make a newer model; anything else is a late or repeated result.
        if (trained.Observations <= (_state.Model?.Observations ?? 0))
        {
            return;
        }

        var content = new Content("model", trained.Model.State.Content);
        var accepted = new ModelTrained(
            trained.Model.State.Version,
            content.Hash.Hex,
            trained.Model.State.Engine,
            trained.Observations,
            trained.Job.WarmStart?.Version ?? 0,
            trained.Job.Seed,
            trained.Model.Report,
            trained.Took,
            trained.Model.Trainer,
            trained.Job.WarmStart is { IsForeign: true } ? _state.Transfer!.StateHash : null);
        Persist([accepted], [content], () =>
        {
            if (trained.Generation != _generation)
            {
                // Another scalarizer was chosen while this was on its way.
                return;
            }

            _model = trained.Model.Model;
            _modelState = trained.Model.State;
            Release(TrainerName, $"Model {accepted.Version} has come.");
            _planner.Tell(new AdoptModel(trained.Model.Model, trained.Observations));
            Pump();
        });
    }

    private void OnTrainerAnswered(TrainingOutcome outcome)
    {
        if (outcome.Observations >= _trainingRequestedFor)
        {
            Timers.Cancel(TrainerName);
        }
    }

    private void OnTrainingGaveUp(TrainingGaveUp gaveUp)
    {
        if (gaveUp.Generation != _generation)
        {
            return;
        }

        OnTrainerAnswered(gaveUp);
        _log.Warning("Training on {Observations} points failed: {Reason}", gaveUp.Observations, gaveUp.Reason);
        Persist(new TrainingFailed(gaveUp.Observations, gaveUp.Reason, gaveUp.Took), () =>
        {
            if (gaveUp.Generation != _generation)
            {
                return;
            }

            NoteTrainingGaveUp(gaveUp.Observations);
            if (ModelAge > _settings.Learning.StalenessLimit)
            {
                End(new ExperimentFailed(
                    $"The model is {ModelAge} points old and cannot be trained: {gaveUp.Reason}"));
                return;
            }

            Pump();
        });
    }

    private void OnModelRefused(ModelRefused refused)
    {
        if (refused.Epoch != _planEpoch)
        {
            return;
        }

        _log.Warning("Model {Model} cannot be planned with: {Reason}", refused.Version, refused.Reason);
        NoteTrainingGaveUp(refused.Observations);
        Pump();
    }

    // News of an older training may come after that of a newer one.
    private void NoteTrainingGaveUp(int observations) =>
        _trainingGaveUpAt = Math.Max(_trainingGaveUpAt, observations);

    private void HoldWhileModelIsTooOld()
    {
        // Before the first training there is no model to wait for.
        bool isTrained = _state.Usable.Count >= _settings.Learning.FirstTraining;
        if (isTrained && !IsCatchingUp && ModelAge > _settings.Learning.StalenessLimit)
        {
            string reason = $"The model is {ModelAge} points old; the limit is {_settings.Learning.StalenessLimit}.";
            Hold(new RunHold(TrainerName, reason, IsPerson: false, IsHard: false), ActorRefs.Nobody);
        }
    }

    private void OnBeliefChanged(BeliefChanged belief)
    {
        if (belief.Epoch != _planEpoch)
        {
            return;
        }

        _beliefVersion = belief.Posterior.Model.Version;
        _beliefObservations = belief.Observations;
        _observer.OnBelief(belief.Posterior, belief.Observations);
        EndWhenDone();
    }

    private void OnPlannerRestarted()
    {
        _planner.Tell(PlannerMemory());
        if (_planRequested && !_planProposed)
        {
            _planRequested = false;
            Pump();
        }
    }

    private void OnTrainerRestarted()
    {
        _trainer.Tell(new RememberModel(_modelState, _journal!.Expected.Models, _generation));
        _trainingRequestedFor = 0;
        RequestTraining();
    }
}
