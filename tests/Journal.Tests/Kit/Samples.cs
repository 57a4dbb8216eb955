using System.Collections.Immutable;
using DklActors.Journal.Codecs;
using DklActors.Journal.Storage;
using DklActors.Messages;
using DklActors.Messages.Events;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Journal.Tests.Kit;

/// <summary>Events and contents that tests can tell apart.</summary>
internal static class Samples
{
    public static JournalEvent Note(string text) => new RunPaused("operator", text);

    public static string TextOf(StoredEvent stored) => ((RunPaused)stored.Event).Reason;

    public static Task<ImmutableArray<StoredEvent>> AppendAsync(
        this IEventStore store, string stream, long expected, params string[] notes) =>
        store.AppendAsync(new AppendRequest(stream, expected, [.. notes.Select(Note)], []), CancellationToken.None);

    /// <summary>A spectrum of seeded counts, so that contents differ.</summary>
    public static Content Spectrum(int seed, int channels = 256)
    {
        var random = new Random(seed);
        float[] counts = [.. Enumerable.Range(0, channels).Select(_ => (float)random.Next(1000))];
        var axis = new EnergyAxis(new ElectronVolt(0), new ElectronVolt(0.5), channels);
        return new Content("frame", FrameCodec.Write(new SpectrumFrame(axis, counts)));
    }

    public static FrameRecorded Recorded(int point, Content frame) => new(
        new PointId(point),
        1,
        frame.Hash.Hex,
        new ProbePosition(1, 2),
        new ProbePosition(1.1, 2.1),
        new GridPoint(1, 2),
        1e6,
        new ExposureTiming(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero));
}
