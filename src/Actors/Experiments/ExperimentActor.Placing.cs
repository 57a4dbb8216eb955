using DklActors.Actors.Placing;
using DklActors.Messages.Events;

namespace DklActors.Actors.Experiments;

/// <summary>
/// Where on the sample the run is measured. Whenever a process begins the run or takes it up, the stage is seen to be
/// there before anything else is done.
/// </summary>
/// <remarks>
/// <code>
/// begun: beam blanked → move → StageMoved → SurveyIntended …
/// taken up: read back ─ where this run left it → StageConfirmed → …
///                     └ elsewhere ─ no image yet, or looks at the drift → moved back → StageMoved → … → look
///                                 └ an image, and nothing that finds it again → ExperimentInterlocked, not moved
/// </code>
/// </remarks>
internal sealed partial class ExperimentActor
{
    private const string SampleStageName = "sample-stage";

    private IActorRef _sampleStage = ActorRefs.Nobody;

    // The order that is under way.
    private object? _placeTicket;

    // The stage waits for a person to let go.
    private bool _placeAwaits;

    private void PlaceThenPrepare()
    {
        if (_settings.Place is not { } place || _stop is not null)
        {
            Prepare();
            return;
        }

        _sampleStage = Spawn(
            SampleStageName,
            Props.Create(() => new SampleStageActor(_ports.Microscope.SampleStage, _guard, place, _ports.Time)));
        _placeAwaits = true;
        PlaceWhenFree();
    }

    private void PlaceWhenFree()
    {
        if (!_placeAwaits || IsHeldHard || _ending)
        {
            return;
        }

        _placeAwaits = false;
        PlaceSettings place = _settings.Place!;
        Await(SampleStageName, place.Longest);
        _log.Debug("The stage is to be at {Place}", place.Place);
        bool mayMove = _state.Survey is null || _settings.Drift is not null;
        _sampleStage.Tell(new PlaceSample(_state.StageAt, mayMove, _placeTicket = new object()));
    }

    private void OnSamplePlaced(SamplePlaced placed)
    {
        if (placed.Ticket != _placeTicket)
        {
            // Of an earlier life of this actor.
            return;
        }

        Timers.Cancel(SampleStageName);
        Persist(
            placed.Took is { } took
                ? new StageMoved(_settings.Place!.Place, placed.Found, placed.ReadBack, took)
                : new StageConfirmed(_settings.Place!.Place, placed.ReadBack),
            Prepare);
    }

    /// <summary>
    /// Nothing would find the image again after a move, so that the stage is left to whoever moved it, and the run
    /// refuses to take what is under the beam for its field.
    /// </summary>
    private void OnSampleElsewhere(SampleElsewhere elsewhere)
    {
        if (elsewhere.Ticket == _placeTicket)
        {
            Timers.Cancel(SampleStageName);
            End(new ExperimentInterlocked(
                $"The stage is at {elsewhere.Found}, and this run left it at {_state.StageAt}: the structural image is "
                + "not of what is under the beam now. It was not moved, since nothing looks at the drift (drift.every) "
                + "and would find the image again. Take the stage back, see that the field is the same, and resume; or "
                + "start a new run here."));
        }
    }

    private void OnSampleNotPlaced(SampleNotPlaced failed)
    {
        if (failed.Ticket != _placeTicket)
        {
            return;
        }

        Timers.Cancel(SampleStageName);
        string reason = $"The stage is not at {_settings.Place!.Place}, where this run is measured: {failed.Reason}.";
        End(failed.Fault is PlacingFault.OutsideLimits or PlacingFault.BeamOn
            ? new ExperimentInterlocked(reason)
            : new ExperimentFailed(reason));
    }
}
