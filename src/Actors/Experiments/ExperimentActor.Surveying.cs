using DklActors.Actors.Controlling;
using DklActors.Actors.Detection;
using DklActors.Actors.Interlock;
using DklActors.Journal.Codecs;
using DklActors.Journal.Storage;
using DklActors.Learning.Candidates;
using DklActors.Messages.Events;
using DklActors.Messages.Frames;

namespace DklActors.Actors.Experiments;

/// <summary>The first structural image: what a run plans in.</summary>
internal sealed partial class ExperimentActor
{
    // What the instrument says a scan takes, and as much again, and a moment for the data to come.
    private static readonly TimeSpan SurveyMargin = TimeSpan.FromSeconds(5);

    // What the scan for the structural image cost, once that is known; until then what was set aside for it counts.
    private double? _scanCharge;

    // The scan waits for whoever holds it back to let go: of the hard pause with this ticket or an earlier one, too.
    private long? _scanAwaits;
    private string? _toldOfScanHeldBack;

    // A scan that failed, until it is known whether a condition outside is why.
    private SurveyFailed? _scanFailed;

    // A scan exposes the whole sample, so that a condition outside holds it back as it does an exposure.
    private Held? ScanHeldBy => _holds.Find(held => held.Hold.IsHard || !held.Hold.IsPerson);

    /// <summary>A scan that is under way and of which nothing will come, as the journal is to know it.</summary>
    private IEnumerable<JournalEvent> ScanGivenUp(string reason)
    {
        // An image may be on its way to the journal.
        if (_journal!.Expected.Dose.ReservedForScan is { } reserved)
        {
            yield return new SurveyLost(reason, _scanCharge ?? reserved);
        }
    }

    private void TakeSurvey()
    {
        TimeSpan stated = _ports.Microscope.Survey.Duration;
        TimeSpan longest = (2 * stated) + SurveyMargin;
        if (_settings.Limits.TotalElectrons is { } most && _state.Dose.TotalElectrons + Charge(stated) > most)
        {
            End(new ExperimentInterlocked($"The structural image would exceed the total dose of {most:G4} electrons."));
            return;
        }

        Persist(new SurveyIntended(_ports.Microscope.Probe.ScanWindow, Charge(longest)), () =>
        {
            if (ScanHeldBy is { } held)
            {
                LoseScan($"Held back by {held.Hold.By}: {held.Hold.Reason}", TimeSpan.Zero, _suspensionsHeard);
                return;
            }

            _guard.Allow(_suspensionsHeard);
            _detector.Tell(new TakeSurvey(longest, _scanTicket = new object()));
        });
    }

    private void OnSuspensionsHeard(SuspensionsHeard heard) =>
        _suspensionsHeard = Math.Max(_suspensionsHeard, heard.Suspension);

    /// <summary>Part of the image is not there, or all of it; it is scanned anew once those who hold it back let go.
    /// </summary>
    private void LoseScan(string reason, TimeSpan took, long suspension)
    {
        _scanCharge = Charge(took);
        _scanAwaits = suspension;
        Persist(new SurveyLost(reason, _scanCharge.Value), () =>
        {
            _scanCharge = null;
            ScanWhenFree();
        });
    }

    private void ScanWhenFree()
    {
        // The word that ended the scan may still be on its way here.
        if (_scanAwaits is not { } suspension || suspension > _suspensionsHeard || _ending
            || _journal!.Expected.Dose.ReservedForScan is not null)
        {
            return;
        }

        if (ScanHeldBy is not { } held)
        {
            _scanAwaits = null;
            TakeSurvey();
        }
        else if (!held.Hold.IsPerson && _toldOfScanHeldBack != held.Hold.Reason)
        {
            // What a person says of the scan is journaled as such.
            string reason = _toldOfScanHeldBack = held.Hold.Reason;
            Append(
                [new NoteAdded(held.Hold.By, $"No structural image is taken while this lasts: {reason}", null)], [],
                static () => { });
        }
    }

    private void OnScanFailed(SurveyFailed failed)
    {
        if (failed.Ticket != _scanTicket)
        {
            // Of an earlier life of this actor.
            return;
        }

        if (failed.Suspension is { } suspension)
        {
            LoseScan("A person blanked the beam during the scan.", failed.Took, suspension);
        }
        else
        {
            _scanFailed = failed;
            _interlock.Tell(CheckConditions.Instance);
        }
    }

    /// <summary>Whatever holds back outside has been heard of: the first scan may begin, or one has failed.</summary>
    private void OnConditionsChecked()
    {
        if (_scanFailed is not { } failed)
        {
            _scanAwaits ??= 0;
            ScanWhenFree();
            return;
        }

        _scanFailed = null;
        if (_guard.Alarm is null && _holds.Exists(held => !held.Hold.IsPerson))
        {
            // The instrument says the same as what holds exposures back, or cannot be reached, and that may pass.
            LoseScan(failed.Reason, failed.Took, _suspensionsHeard);
        }
        else
        {
            OnSurveyFailed(failed.Reason, failed.Took);
        }
    }

    private void OnSurveyFailed(string reason, TimeSpan took)
    {
        _scanCharge = Charge(took);
        End(new ExperimentFailed($"No structural image: {reason}"));
    }

    private void OnSurveyTaken(SurveyTaken taken)
    {
        if (taken.Ticket != _scanTicket)
        {
            // Of an earlier life of this actor.
            return;
        }

        StructuralImage image = taken.Image;
        if (ProblemOf(image) is { } problem)
        {
            // Not recorded as the image of this run, which could then never be continued with a better one.
            OnSurveyFailed(problem, taken.Took);
            return;
        }

        // The beam was on for no longer than the whole call took.
        double electrons = Charge(taken.Took);
        _lookedAt = MiddleOf(taken);
        var content = new Content("image", ImageCodec.Write(image));
        Content? sites = _settings.Sites is { } places ? new Content("sites", PlacesCodec.Write(places)) : null;
        Content? seeds = _settings.Plan.GivenSeeds is { IsEmpty: false } given
            ? new Content("seeds", PlacesCodec.Write(given))
            : null;
        var measurable = new MeasurablePlaces(sites?.Hash.Hex, _settings.SiteExtent, seeds?.Hash.Hex);
        Persist(
            [
                new SurveyRecorded(
                    content.Hash.Hex,
                    image.Channel,
                    image.Shape,
                    image.PixelSize,
                    CandidatesIn(image),
                    electrons,
                    measurable),
            ],
            [content, .. new[] { sites, seeds }.OfType<Content>()],
            () => PrepareLearning(() => image));
    }

    private int CandidatesIn(StructuralImage image) =>
        CandidateSet.Among(image, _settings.Patch, _settings.Sites).Count;

    /// <summary>Why the image cannot be used, or null.</summary>
    private string? ProblemOf(StructuralImage image)
    {
        try
        {
            return CandidatesIn(image) > 0 ? null : "There is no candidate in it.";
        }
        catch (ArgumentException exception)
        {
            return exception.Message;
        }
    }
}
