using System.Collections.Immutable;
using DklActors.Actors.Controlling;
using DklActors.Actors.Planning;
using DklActors.Actors.Running;
using DklActors.Actors.Training;
using DklActors.Messages;
using DklActors.Messages.Events;
using DklActors.Messages.Geometry;
using DklActors.Physics.Scalarizers;

namespace DklActors.Actors.Experiments;

/// <summary>
/// Another scalarizer, acquisition function or region while the run goes on, and points that a person asks for. A
/// choice is in force from its event on: what was asked of a worker before and comes after is dropped, and nothing is
/// planned or trained between the asking and the commit.
/// </summary>
internal sealed partial class ExperimentActor
{
    private const int MostWishes = 100;

    // Points that persons asked for and that are not planned yet.
    private readonly Queue<(ForcePoint Wish, IActorRef Asker)> _wishes = new();

    // What is in force, or will be once all that is on its way is durable.
    private IScalarizer _scalarizerNow = null!;
    private PlanSettings _planNow = null!;

    // Choices on their way to the journal.
    private int _changing;

    // Counts the scalarizers of this actor's life: an answer of another generation speaks of void scalars.
    private int _generation;

    /// <summary>
    /// Nothing is planned until all scalars are there again, and a model of them where there can be one.
    /// </summary>
    private bool IsCatchingUp => _changing > 0 || !_state.Outdated.IsEmpty
        || (_state.Scalarizer is not null && _state.Model is null
            && _state.Usable.Count >= _settings.Learning.FirstTraining && _trainingGaveUpAt < _state.Usable.Count);

    private void OnChoice(RunControl control)
    {
        switch (control)
        {
            case ChangeScalarizer change:
                Make(change, (choices, asker) => new ScalarizerMade(change, choices.Scalarizer(change.Keys), asker));
                break;
            case ChangeAcquisition change:
                Make(change, (choices, asker) => new PlanMade(change, choices.Plan(change.Keys), asker));
                break;
            case ChangeRegion change:
                ChooseArea(
                    _planNow with { Region = change.Region is { } area ? PlanRegion.Of(area) : null },
                    new RegionChanged(change.By, change.Reason, change.Region),
                    point => point.Basis.Reason != PlanningReason.Forced);
                break;
            case ExcludeArea exclude:
                ChooseArea(
                    _planNow with { Excluded = _planNow.Excluded.Add(exclude.Area) },
                    new RegionExcluded(exclude.By, exclude.Reason, exclude.Area),
                    static _ => true);
                break;
            case ForcePoint force:
                Wish(force);
                break;
            default:
                Sender.Tell(ControlAnswer.Refused($"A run does not understand {control.GetType().Name}."));
                break;
        }
    }

    /// <summary>A choice may read files; it is made off the actor's thread.</summary>
    private void Make<T>(RunControl control, Func<IRunChoices, IActorRef, T> make)
    {
        if (_ports.Choices is not { } choices)
        {
            Sender.Tell(ControlAnswer.Refused("Nothing can be chosen of this run while it goes on."));
            return;
        }

        IActorRef asker = AwaitAnswer(Sender);
        _ports.Background.Start(() => make(choices, asker)).PipeTo(
            Self, failure: exception => new ChoiceFailed(control, exception.GetBaseException().Message, asker));
    }

    private void OnScalarizerMade(ScalarizerMade made)
    {
        ScalarizerChanged changed = new(
            made.Change.By, made.Change.Reason, made.Change.Keys, made.Scalarizer.Identity);
        if (made.Scalarizer.Identity == _scalarizerNow.Identity)
        {
            Answer(made.Asker, ControlAnswer.Refused($"{changed.Identity} is in force already."));
            return;
        }

        _generation++;
        _scalarizing.Clear();
        Timers.Cancel(ScalarizerName);
        _scalarizerNow = made.Scalarizer;
        _stencil = Stencil.Of(made.Scalarizer.Neighbours, _image!.Shape, _settings);
        ImmutableArray<JournalEvent> unneeded = Withdraw(
            point => point.Centre is { } centre
                && !_stencil.Around(_journal!.Expected.Points[centre].Target).Contains(point.Target),
            "The scalarizer chosen now does not need it.");
        Choose(made.Asker, changed, unneeded, ForgetScalars);
    }

    private void ForgetScalars()
    {
        (_model, _modelState) = (null, null);
        (_beliefVersion, _beliefObservations) = (0, 0);
        (_trainingRequestedFor, _trainingGaveUpAt, _ageFrom) = (0, 0, 0);
        Timers.Cancel(TrainerName);
        Release(TrainerName, "The model is void.");
        // From the seed: weights that fit other scalars are no better a start than any.
        _trainer.Tell(new RememberModel(null, _journal!.Expected.Models, _generation));
    }

    private void OnPlanMade(PlanMade made)
    {
        _planNow = _planNow with { Acquisition = made.Plan.Acquisition, Goal = made.Plan.Goal };
        Choose(
            made.Asker,
            new AcquisitionChanged(
                made.Change.By, made.Change.Reason, made.Change.Keys, made.Plan.Acquisition.Identity),
            [],
            static () => { });
    }

    private void ChooseArea(PlanSettings plan, JournalEvent change, Func<PointState, bool> isConcerned)
    {
        if (change is RegionChanged { Region.IsEmpty: true } or RegionExcluded { Area.IsEmpty: true })
        {
            Sender.Tell(ControlAnswer.Refused("There is no pixel in the area."));
            return;
        }

        if (!Enumerable.Range(0, _candidates!.Count).Any(place => plan.Allows(_candidates.PointAt(place))))
        {
            Sender.Tell(ControlAnswer.Refused("No place is left that can be measured."));
            return;
        }

        _planNow = plan;
        ImmutableArray<JournalEvent> outside = Withdraw(
            point => !plan.Allows(point.Target) && isConcerned(point), "No point is planned there any more.");
        Choose(AwaitAnswer(Sender), change, outside, static () => { });
    }

    private void OnChoiceFailed(ChoiceFailed failed)
    {
        _log.Warning("What {By} chose cannot be made: {Reason}", failed.Control.By, failed.Reason);
        Answer(failed.Asker, ControlAnswer.Refused(failed.Reason));
    }

    private void Choose(
        IActorRef asker, JournalEvent choice, ImmutableArray<JournalEvent> withdrawn, Action committed)
    {
        _changing++;
        _planEpoch++;
        if (_planRequested && !_planProposed)
        {
            _planRequested = false;
            Timers.Cancel(PlannerName);
        }

        PersistFor(asker, [choice, .. withdrawn], () =>
        {
            _changing--;
            _nothingLeft = false;
            committed();
            _planner.Tell(PlannerMemory());
            ScalarizeWhatIsComplete();
            RequestTraining();
            Pump();
        });
    }

    /// <summary>
    /// Gives up planned points of which no exposure was ever intended. A probe on its way is let go when it is there.
    /// </summary>
    private ImmutableArray<JournalEvent> Withdraw(Func<PointState, bool> which, string reason)
    {
        PointState[] points =
        [
            .. _journal!.Expected.Points.Values.Where(point => point is { Stage: PointStage.Planned, Attempts: 0 }
                && !_givenUp.Contains(point.Id) && which(point)),
        ];
        foreach (PointState point in points)
        {
            _givenUp.Add(point.Id);
            _queue.Remove(point.Id);
        }

        return [.. points.Select(point => new PointAbandoned(point.Id, reason, AbandonCause.NotWanted))];
    }

    private void Wish(ForcePoint wish)
    {
        string? problem = _wishes.Count >= MostWishes
            ? $"{MostWishes} points are asked for already and wait to be planned."
            : ProblemOf(wish.At);
        if (problem is not null)
        {
            Sender.Tell(ControlAnswer.Refused(problem));
            return;
        }

        _wishes.Enqueue((wish, AwaitAnswer(Sender)));
        PlanAhead();
    }

    /// <summary>Why no point can be planned at a place because a person wants it, or null.</summary>
    private string? ProblemOf(GridPoint place)
    {
        if (_journal!.Expected.Budget is { } reached)
        {
            return $"Nothing is measured any more. {reached.Reason}";
        }

        if (!_candidates!.TryIndexOf(place, out _))
        {
            return $"{place} cannot be measured: its patch is not inside the image, or there is nothing to measure.";
        }

        if (_planNow.InSight?.Contains(place) == false)
        {
            return $"{place} has drifted out of the scan window.";
        }

        PointState? there = _journal!.Expected.Points.Values.FirstOrDefault(
            point => point.Target == place || point.Frame?.Patch == place);
        if (there is not null)
        {
            string stage = there.Stage switch
            {
                PointStage.Planned or PointStage.Intended => "is planned there already and comes in its turn",
                PointStage.Abandoned => "was planned there and given up",
                PointStage.OutcomeUnknown => "was perhaps exposed there",
                _ => "was measured there already",
            };
            return $"{there.Id} {stage}.";
        }

        return IsFull && LastToGiveWay() is null
            ? $"All {_settings.Plan.Total} points are measured or under way."
            : null;
    }

    private bool IsFull => _state.Measured + StillToCome >= _settings.Plan.Total;

    /// <summary>The last planned point, which a wished-for one takes the place of in the number of points.</summary>
    private PointState? LastToGiveWay() => _journal!.Expected.Points.Values.LastOrDefault(
        point => point is { Stage: PointStage.Planned, Attempts: 0, Centre: null }
            && point.Basis.Reason != PlanningReason.Forced && !_givenUp.Contains(point.Id));

    /// <summary>The next wish that can still be fulfilled; the others are answered.</summary>
    private GridPoint? NextWish()
    {
        while (_wishes.TryPeek(out (ForcePoint Wish, IActorRef Asker) next))
        {
            if (ProblemOf(next.Wish.At) is not { } problem)
            {
                return next.Wish.At;
            }

            Answer(_wishes.Dequeue().Asker, ControlAnswer.Refused(problem));
        }

        return null;
    }

    private void PlanWished(PointId first, ImmutableArray<JournalEvent> planned)
    {
        (ForcePoint wish, IActorRef asker) = _wishes.Dequeue();
        PointState? last = IsFull ? LastToGiveWay() : null;
        if (IsFull && last is null)
        {
            // The last that could was intended meanwhile. The planner has taken the wish for planned.
            _planRequested = false;
            Answer(asker, ControlAnswer.Refused($"All {_settings.Plan.Total} points are measured or under way."));
            _planner.Tell(PlannerMemory());
            Pump();
            return;
        }

        ImmutableArray<JournalEvent> givesWay = last is null
            ? []
            : Withdraw(point => point.Id == last.Id, $"It gives way to a point that {wish.By} asked for.");
        PersistFor(
            asker,
            [.. planned, new NoteAdded(wish.By, $"Asked for a point here: {wish.Reason}", wish.At), .. givesWay],
            () => Enqueue(first, planned.Length, isNext: true));
    }
}
