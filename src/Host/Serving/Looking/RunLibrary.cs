using System.Collections.Immutable;
using DklActors.Actors.Experiments;
using DklActors.Host.Commands;
using DklActors.Host.Composition;
using DklActors.Host.Recipes;
using DklActors.Host.Replaying;
using DklActors.Host.Running;
using DklActors.Host.Serving.Api;
using DklActors.Host.Serving.Contract;
using DklActors.Host.Serving.Experiments;
using DklActors.Instruments.Ports;
using DklActors.Journal.Codecs;
using DklActors.Journal.Storage;
using DklActors.Learning.Candidates;
using DklActors.Messages;
using DklActors.Messages.Events;
using DklActors.Messages.Frames;

namespace DklActors.Host.Serving.Looking;

/// <summary>Looks into runs, past and present. What is derived from a journal is kept for a while.</summary>
internal sealed class RunLibrary(TimeProvider time) : IDisposable
{
    private const int MostPictures = 16;
    private const int MostMoments = 4;

    private static readonly TimeSpan StatusIsGood = TimeSpan.FromMilliseconds(50);

    private readonly LatestUsed<string, RunPicture> _pictures = new(MostPictures);
    private readonly LatestUsed<(string Id, long At), Moment> _moments = new(MostMoments);
    private readonly LatestUsed<string, DetectorView> _detectors = new(256);

    // A moment is a model restored and conditioned: one at a time, or looking back would slow the present.
    private readonly SemaphoreSlim _deriving = new(1);

    /// <summary>What the events add up to, up to now or to a moment.</summary>
    /// <exception cref="ApiException">Nothing has happened yet, or not so much.</exception>
    public RunPicture PictureOf(ExperimentEntry entry, long? at = null)
    {
        if (at is null && entry.Live is { } live)
        {
            return live.Feed.Picture;
        }

        if (at is { } moment)
        {
            RunPicture past = Read(entry, moment);
            return past.Sequence == moment ? past : throw NoSuchMoment(entry, moment);
        }

        return _pictures.GetOrMake(KeyOf(entry.Id, entry.Summary.Sequence), () => Read(entry, long.MaxValue));
    }

    /// <summary>Everything about an experiment. However many ask, it is found out twenty times a second at most.
    /// </summary>
    public ExperimentStatus StatusOf(ExperimentEntry entry)
    {
        if (entry.LastStatus is { } last && last.Phase == entry.Summary.Phase
            && time.GetElapsedTime(last.At) < StatusIsGood)
        {
            return last.Status;
        }

        ExperimentStatus status = FindStatus(entry);
        entry.LastStatus = new LastStatus(status, status.Phase, time.GetTimestamp());
        return status;
    }

    private ExperimentStatus FindStatus(ExperimentEntry entry)
    {
        ExperimentSummary summary = entry.Now();
        LiveRun? live = entry.Live;
        ExperimentStatus status = PictureOf(entry).StatusOf(summary);
        return status with
        {
            Detector = DetectorOf(entry, status.Structure is not null),
            Beam = live is null ? BeamView.Unknown : LiveStatus.BeamOf(live),
            Holds = live is null ? [] : LiveStatus.HoldsOf(live),
            Belief = live?.Feed.Belief.Count ?? status.Sequence,
            HasTruth = live is null ? status.Phase == Phase.Ended && HasTruth(entry) : live.Recorder.HasTruth,
        };
    }

    /// <summary>Events after a number, from memory where they are there.</summary>
    public static IReadOnlyList<JournalEventView> EventsAfter(ExperimentEntry entry, long after, int limit) =>
        entry.Live?.Feed.TailAfter(after, limit)
            ?? (HasJournal(entry)
                ? [.. OpenJournal(entry, out string stream).Read(stream, after).Take(limit).Select(JournalEventView.Of)]
                : []);

    /// <summary>Events of some kinds, or that hold a text, after a number.</summary>
    /// <param name="entry">The experiment.</param>
    /// <param name="after">Only those after it.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="kinds">Names of kinds with commas between them; null for all.</param>
    /// <param name="text">Somewhere in the event, whatever its case; null for any.</param>
    public static IReadOnlyList<JournalEventView> Find(
        ExperimentEntry entry, long after, int limit, string? kinds, string? text)
    {
        if (!HasJournal(entry))
        {
            return [];
        }

        HashSet<string>? wanted = kinds is null ? null : [.. kinds.Split(',')];
        return
        [
            .. OpenJournal(entry, out string stream).Read(stream, after)
                .Where(stored => wanted is null || wanted.Contains(stored.Manifest))
                .Select(JournalEventView.Of)
                .Where(told => text is null || System.Text.Encoding.UTF8.GetString(told.Json.Span)
                    .Contains(text, StringComparison.OrdinalIgnoreCase))
                .Take(limit),
        ];
    }

    /// <summary>How uncertainty and error went down.</summary>
    public async Task<LearningView> LearningOfAsync(ExperimentEntry entry, CancellationToken cancellation)
    {
        if (entry.Live is { } live)
        {
            return LearningCourse.Of(live.Feed.Deviations, live.Recorder.Scores);
        }

        if (!HasJournal(entry))
        {
            return new LearningView([]);
        }

        if (LearningCourse.Read(entry.Folder) is { } kept)
        {
            return kept;
        }

        await _deriving.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var run = RecordedRun.Open(entry.Folder, time);
            RunDesign design = run.Design();
            using var microscope = run.Instrument(design.Recipe);
            RunRecord record = BeliefHistory.Until(run, design, microscope, static _ => true, static _ => { });
            LearningView course = LearningCourse.Of(new Dictionary<int, double>(), record.Scores);
            LearningCourse.Write(entry.Folder, course);
            return course;
        }
        finally
        {
            _deriving.Release();
        }
    }

    /// <summary>The belief of now or of a moment; now costs nothing, a moment is derived from the journal.</summary>
    /// <exception cref="ApiException">There is no such moment.</exception>
    public async Task<Moment> MomentOfAsync(ExperimentEntry entry, long? at, CancellationToken cancellation)
    {
        if (at is null && entry.Live is { } live)
        {
            return NowOf(entry, live);
        }

        RunPicture picture = PictureOf(entry, at);
        (string Id, long At) key = (entry.Id, picture.Sequence);
        if (_moments.TryGet(key, out Moment? known))
        {
            return known;
        }

        await _deriving.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return _moments.GetOrMake(key, () => Derive(entry, key.At));
        }
        finally
        {
            _deriving.Release();
        }
    }

    /// <summary>Keeps what a run that has just ended added up to, which its journal would give again.</summary>
    public void Keep(ExperimentEntry entry, LiveRun live)
    {
        RunPicture picture = live.Feed.Picture;
        _pictures.GetOrMake(KeyOf(entry.Id, picture.Sequence), () => picture);
        Moment last = NowOf(entry, live);
        // A journal gives the last model with every scalar; a run that was ended in between had not got so far.
        bool isWhole = last.Posterior is { } belief && belief.Count == last.State.Usable.Count
            && belief.Model.Version == last.State.Model?.Version;
        if (isWhole)
        {
            _moments.GetOrMake((entry.Id, picture.Sequence), () => last);
        }
    }

    /// <summary>The frame of a point.</summary>
    /// <exception cref="ApiException">There is no such point, or no frame of it.</exception>
    public Frame FrameOf(ExperimentEntry entry, int point)
    {
        PointState? state = PictureOf(entry).State.Points.GetValueOrDefault(new PointId(point));
        return state?.Frame is { } recorded
            ? ReadFrame(OpenJournal(entry, out _), recorded)
            : throw ApiException.NotFound(
                state is null
                    ? $"{entry.Id} has no point {point}."
                    : $"Point {point} has no frame: it is {state.Stage}.",
                "See the snapshot for the points that were measured.");
    }

    /// <exception cref="ApiException">The run has no journal yet.</exception>
    public static IJournalReader OpenJournal(ExperimentEntry entry, out string stream)
    {
        if (!HasJournal(entry))
        {
            throw ApiException.NotFound($"{entry.Id} has not begun.", "Wait for its turn.");
        }

        IJournalReader journal = RunJournal.OpenForReading(entry.Folder);
        stream = RunJournal.RunIdIn(entry.Folder)!;
        return journal;
    }

    /// <summary>The recipe as used.</summary>
    public static string RecipeOf(ExperimentEntry entry) => File.ReadAllText(RunFolder.RecipeIn(entry.Folder));

    public static Frame ReadFrame(IJournalReader journal, FrameRecorded recorded) =>
        FrameCodec.Read(journal.ReadContent(ContentHash.Parse(recorded.FrameHash)));

    public void Dispose() => _deriving.Dispose();

    // While a run is opened there is a file that is no journal yet.
    private static bool HasJournal(ExperimentEntry entry) =>
        entry.Live is not null || entry.Summary.StartedAt is not null;

    private static ApiException NoSuchMoment(ExperimentEntry entry, long at) => ApiException.NotFound(
        $"{entry.Id} has no event {at}.", "Ask for a moment up to its last sequence number.");

    // An ended run may be continued: its picture is that of a sequence number.
    private static string KeyOf(string id, long sequence) => $"{id}@{sequence}";

    private static Moment NowOf(ExperimentEntry entry, LiveRun live)
    {
        ExperimentState state = live.Feed.Picture.State;
        CandidateSet? candidates = live.Feed.Candidates;
        KnownMap? truth = live.Recorder.Truth;
        return new Moment(
            live.Feed.Picture.Design, state, candidates?.Image ?? ImageOf(entry, state), candidates,
            live.Feed.Belief.Posterior, () => truth);
    }

    // An image is there from its event on; the candidates in it are found a while later.
    private static StructuralImage? ImageOf(ExperimentEntry entry, ExperimentState state) => state.Survey is { } survey
        ? ImageCodec.Read(OpenJournal(entry, out _).ReadContent(ContentHash.Parse(survey.ImageHash)))
        : null;

    private RunPicture Read(ExperimentEntry entry, long last)
    {
        RunDesign design = DesignOf(entry);
        return HasJournal(entry)
            ? RunPicture.Of(
                design,
                OpenJournal(entry, out string stream).Read(stream).TakeWhile(stored => stored.SequenceNumber <= last))
            : new RunPicture(design);
    }

    private RunDesign DesignOf(ExperimentEntry entry)
    {
        try
        {
            if (HasJournal(entry))
            {
                return RecordedRun.Open(entry.Folder, time).Design();
            }
        }
        catch (UsageException)
        {
            // Nothing is in its journal yet.
        }

        Recipe recipe = RecipeReader.ReadUsed(RunFolder.RecipeIn(entry.Folder), [], out RecipeOrigins origins);
        return ExperimentBuilder.Design(recipe, origins, InstrumentPlaces.Everywhere);
    }

    private Moment Derive(ExperimentEntry entry, long at)
    {
        if (at == 0)
        {
            RunPicture none = PictureOf(entry);
            return new Moment(none.Design, none.State, null, null, null, static () => null);
        }

        var run = RecordedRun.Open(entry.Folder, time);
        RunDesign design = run.Design();
        RunRecord record = BeliefHistory.Until(
            run, design, null, stored => stored.SequenceNumber <= at, static _ => { });
        RunDesign inForce = design.InForceIn(record.State);
        // Every candidate's frame: only for who asks.
        var truth = new Lazy<KnownMap?>(() => TruthOf(run, inForce, record.Candidates));
        return new Moment(
            inForce, record.State, record.Candidates?.Image, record.Candidates, record.Posterior, () => truth.Value);
    }

    private static KnownMap? TruthOf(RecordedRun run, RunDesign design, CandidateSet? candidates)
    {
        using var microscope = run.Instrument(design.Recipe);
        return microscope is null || candidates is null
            ? null
            : KnownMap.Of(microscope, design.Scalarizer, candidates);
    }

    private bool HasTruth(ExperimentEntry entry) =>
        // Every microscope that there is without hardware knows its truth, as long as its data are there.
        RecordedRun.Absence(PictureOf(entry).Design.Recipe) is null;

    private DetectorView DetectorOf(ExperimentEntry entry, bool hasBegun)
    {
        if (_detectors.TryGet(entry.Id, out DetectorView? known))
        {
            return known;
        }

        FrameRecorded? first = hasBegun
            ? PictureOf(entry).State.Points.Values
                .Select(static point => point.Frame).FirstOrDefault(static frame => frame is not null)
            : null;
        return first is null
            ? new UnknownDetector()
            : _detectors.GetOrMake(entry.Id, () => ReadFrame(OpenJournal(entry, out _), first) switch
            {
                SpectrumFrame spectrum => new SpectrumDetector(
                    spectrum.Axis.Channels, spectrum.Axis.Origin.Value, spectrum.Axis.Dispersion.Value),
                PatternFrame pattern => new PatternDetector(pattern.Shape.Rows, pattern.Shape.Columns),
                _ => new UnknownDetector(),
            });
    }
}
