using DklActors.Messages.Events;
using DklActors.Messages.Geometry;
using DklActors.Messages.Scalars;

namespace DklActors.Journal.Export.Points;

/// <summary>What array formats hold of each measured point.</summary>
public static class PointColumns
{
    /// <summary>0 good, 1 suspect, 2 bad, −1 no scalar yet.</summary>
    public static int QualityOf(PointStory story) => Scalar(story)?.Quality switch
    {
        ScalarQuality.Good => 0,
        ScalarQuality.Suspect => 1,
        ScalarQuality.Bad => 2,
        _ => -1,
    };

    /// <summary>In the scalarizer's unit; NaN where there is none.</summary>
    public static double ScalarOf(PointStory story) => Scalar(story)?.Value ?? double.NaN;

    /// <summary>In the scalarizer's unit; NaN where there is none.</summary>
    public static double StandardErrorOf(PointStory story) => Scalar(story)?.StandardError ?? double.NaN;

    /// <summary>Row and column that the probe was asked to, in px times <paramref name="scale"/>.</summary>
    public static double[] Requested(PointStory story, double scale) =>
        Pair(FrameOf(story).Requested, scale);

    /// <summary>Row and column where the probe was, in px times <paramref name="scale"/>.</summary>
    public static double[] ReadBack(PointStory story, double scale) => Pair(FrameOf(story).ReadBack, scale);

    private static double[] Pair(ProbePosition position, double scale) =>
        [position.Row * scale, position.Column * scale];

    private static ScalarResult? Scalar(PointStory story)
    {
        ArgumentNullException.ThrowIfNull(story);
        return story.Scalarized?.Scalar;
    }

    private static FrameRecorded FrameOf(PointStory story)
    {
        ArgumentNullException.ThrowIfNull(story);
        return story.Frame ?? throw new ArgumentException($"Point {story.Point} has no frame.", nameof(story));
    }
}
