using DklActors.Actors.Experiments;
using DklActors.Host.Replaying;
using DklActors.Host.Running;
using DklActors.Instruments.Ports;
using DklActors.Journal.Codecs;
using DklActors.Journal.Storage;
using DklActors.Learning.Candidates;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;

namespace DklActors.Host.Confirming;

/// <summary>Frames to decompose, made smaller where they are many or large.</summary>
/// <param name="Places">Where each was taken.</param>
/// <param name="Values">Frames × channels of the reduced frames.</param>
/// <param name="Shape">Rows and columns of a reduced frame; one row for spectra.</param>
/// <param name="Factor">Channels or edges of px that were added up to one.</param>
/// <param name="Sample">One of the frames as it is.</param>
/// <param name="Source">Where they come from, in words.</param>
internal sealed record CollectedFrames(
    IReadOnlyList<GridPoint> Places, float[] Values, GridShape Shape, int Factor, Frame Sample, string Source)
{
    private const int MostChannels = 512;
    private const int MostEdge = 32;
    private const int MostFrames = 20_000;

    /// <summary>
    /// Every candidate of a microscope that can give all of them, or every n-th where they are too many.
    /// </summary>
    public static CollectedFrames OfAll(IKnownTruth truth, CandidateSet candidates)
    {
        int step = ((candidates.Count - 1) / MostFrames) + 1;
        GridPoint[] places =
            [.. Enumerable.Range(0, candidates.Count).Where(i => i % step == 0).Select(candidates.PointAt)];
        return Of(
            places, truth.FrameAt,
            $"{(step == 1 ? "all" : $"one in {step} of the")} {candidates.Count} "
            + $"{(truth.IsNoiseFree ? "true" : "recorded")} frames");
    }

    /// <summary>The frames that a run has measured.</summary>
    public static CollectedFrames OfMeasured(RecordedRun run, RunRecord record)
    {
        Dictionary<GridPoint, string> hashes = record.State.Points.Values
            .Where(static point => point.Frame is not null)
            .GroupBy(static point => point.Frame!.Patch)
            .ToDictionary(static group => group.Key, static group => group.First().Frame!.FrameHash);
        return Of(
            [.. hashes.Keys],
            place => FrameCodec.Read(run.Journal.ReadContent(ContentHash.Parse(hashes[place]))),
            $"the {hashes.Count} measured frames");
    }

    private static CollectedFrames Of(GridPoint[] places, Func<GridPoint, Frame> frameAt, string source)
    {
        Frame sample = frameAt(places[0]);
        GridShape full = sample is PatternFrame pattern ? pattern.Shape : new GridShape(1, sample.Counts.Length);
        int factor = sample is PatternFrame
            ? ((Math.Max(full.Rows, full.Columns) - 1) / MostEdge) + 1
            : ((full.Columns - 1) / MostChannels) + 1;
        var shape = new GridShape(full.Rows == 1 ? 1 : Math.Max(1, full.Rows / factor), full.Columns / factor);
        float[] values = new float[places.Length * shape.Count];
        Parallel.For(0, places.Length, i =>
        {
            ReadOnlySpan<float> counts = frameAt(places[i]).Counts.Span;
            Span<float> reduced = values.AsSpan(i * shape.Count, shape.Count);
            for (int row = 0; row < (full.Rows == 1 ? 1 : shape.Rows * factor); row++)
            {
                for (int column = 0; column < shape.Columns * factor; column++)
                {
                    float count = counts[(row * full.Columns) + column];
                    int at = ((full.Rows == 1 ? 0 : row / factor) * shape.Columns) + (column / factor);
                    reduced[at] += float.IsFinite(count) ? count : 0;
                }
            }
        });
        return new CollectedFrames(places, values, shape, factor, sample, source);
    }
}
