using System.Collections.Immutable;
using DklActors.Journal.Codecs;
using DklActors.Journal.Sqlite;
using DklActors.Journal.Storage;
using DklActors.Messages;
using DklActors.Messages.Events;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Models;
using DklActors.Messages.Scalars;
using DklActors.Messages.Units;

namespace DklActors.Journal.Tests.Kit;

/// <summary>A run that is written to a real journal, event by event.</summary>
internal sealed class MadeRun : IAsyncDisposable
{
    public const string Stream = "made-20260101T000000Z";

    private readonly JournalFile _file = new();
    private readonly SqliteEventStore _store;
    private long _sequence;

    public MadeRun(string name = "made")
    {
        Name = name;
        _store = _file.Open(Time);
    }

    public string Name { get; }

    public ManualTimeProvider Time { get; } = new();

    public string Folder => _file.Folder;

    public IJournalReader Journal => SqliteJournalFile.Open(_file.Path);

    public IEnumerable<StoredEvent> Events => Journal.Read(Stream);

    public static StructuralImage Image { get; } = new(
        "HAADF", new GridShape(4, 5), new Nanometre(0.25), Enumerable.Range(0, 20).Select(i => i / 8f).ToArray());

    public static SpectrumFrame Spectrum(int point, int channels = 6) => new(
        new EnergyAxis(new ElectronVolt(-1.5), new ElectronVolt(0.5), channels),
        Enumerable.Range(0, channels).Select(channel => (100f * point) + channel).ToArray());

    public static PatternFrame Pattern(int point) => new(
        new GridShape(2, 3), Enumerable.Range(0, 6).Select(pixel => (100f * point) + pixel).ToArray());

    /// <summary>
    /// Six points: three measured, one of them badly; one given up; one of unknown outcome; one only planned.
    /// </summary>
    public static async Task<MadeRun> WithEverythingAsync(Func<int, Frame> frame, string name = "made")
    {
        var run = new MadeRun(name);
        await run.BeginAsync();
        await run.MeasureAsync(1, frame(1), new ScalarResult(0.1, 0.01, ScalarQuality.Good));
        await run.TrainAsync(1);
        await run.PlanAsync(2, modelVersion: 1);
        await run.AppendAsync(Intended(2, 1));
        await run.AppendAsync(new ExposureFailed(new PointId(2), 1, "no answer, \"timeout\"", "transient", 250));
        await run.AppendAsync(Intended(2, 2));
        await run.PlanAsync(3, modelVersion: 1);
        await run.RecordAsync(3, 1, frame(3));
        await run.RecordAsync(2, 2, frame(2));
        await run.AppendAsync(Scalarized(2, ScalarResult.Bad("all counts are zero")));
        await run.AppendAsync(Scalarized(3, new ScalarResult(1.0 / 3.0, 0.02, ScalarQuality.Suspect, "few counts")));
        await run.PlanAsync(4, modelVersion: 1);
        await run.AppendAsync(Intended(4, 1));
        await run.AppendAsync(new ExposureOutcomeUnknown(new PointId(4), 1, 500));
        await run.PlanAsync(5, modelVersion: 1);
        await run.AppendAsync(new PointAbandoned(new PointId(5), "out of reach"));
        await run.PlanAsync(6, modelVersion: 1);
        return run;
    }

    public async Task BeginAsync()
    {
        var provenance = new Provenance("dkl 0.1.0", "host", "os", "runtime", "x64 512-bit", ["A.B 1.0", "C 2.0"]);
        await AppendAsync(new ExperimentStarted(
            Stream, Name, 18446744073709551615, new string('a', 64), "made", "band-mean/1", "managed",
            "maximum-uncertainty", provenance));
        var image = new Content("image", ImageCodec.Write(Image));
        await AppendAsync(
            new SurveyRecorded(image.Hash.Hex, Image.Channel, Image.Shape, Image.PixelSize, 6, 1e6, null), image);
    }

    public async Task MeasureAsync(int point, Frame frame, ScalarResult scalar)
    {
        await PlanAsync(point, modelVersion: 0);
        await RecordAsync(point, 1, frame);
        await AppendAsync(Scalarized(point, scalar));
    }

    public Task PlanAsync(int point, int modelVersion)
    {
        bool isSeed = modelVersion == 0;
        double predicted = isSeed ? double.NaN : point / 7.0;
        return AppendAsync(new PointPlanned(
            new PointId(point),
            new GridPoint(point % 4, point % 5),
            new PlanningBasis(
                isSeed ? PlanningReason.Seed : PlanningReason.Acquisition, modelVersion, isSeed ? 0 : 1,
                isSeed ? [] : [new PointId(1)], 5, predicted, predicted, isSeed ? double.NaN : 0.5),
            TimeSpan.FromMilliseconds(3)));
    }

    public async Task RecordAsync(int point, int attempt, Frame frame)
    {
        if (attempt == 1)
        {
            await AppendAsync(Intended(point, attempt));
        }

        var content = new Content("frame", FrameCodec.Write(frame));
        await AppendAsync(
            new FrameRecorded(
                new PointId(point), attempt, content.Hash.Hex, new ProbePosition(point, 2), ReadBackOf(point),
                new GridPoint(point % 4, 2), 1000,
                new ExposureTiming(TimeSpan.FromSeconds(point), TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero)),
            content);
    }

    public Task TrainAsync(int version)
    {
        var model = new Content("model", new byte[] { 1, 2, 3, (byte)version });
        return AppendAsync(
            new ModelTrained(
                version, model.Hash.Hex, "managed/1", 1, version - 1, 7, new TrainingReport(10, -0.5, true, 0.1),
                TimeSpan.FromSeconds(1)),
            model);
    }

    public async Task AppendAsync(JournalEvent journalEvent, params Content[] contents)
    {
        Time.Advance(TimeSpan.FromMilliseconds(125));
        await _store.AppendAsync(
            new AppendRequest(Stream, _sequence++, [journalEvent], [.. contents]), CancellationToken.None);
    }

    public static ProbePosition ReadBackOf(int point) => new(point + 0.125, 2.25);

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _file.Dispose();
    }

    private static ExposureIntended Intended(int point, int attempt) => new(
        new PointId(point), attempt, new ProbePosition(point, 2), ReadBackOf(point), TimeSpan.FromMilliseconds(20),
        TimeSpan.FromSeconds(1), 500);

    private static PointScalarized Scalarized(int point, ScalarResult scalar) =>
        new(new PointId(point), scalar, "band-mean/1", TimeSpan.FromMilliseconds(1));
}
