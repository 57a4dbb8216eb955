using DklActors.Instruments.Files;
using DklActors.Journal.Export;
using DklActors.Journal.Export.Points;
using DklActors.Messages.Frames;

namespace DklActors.Host.Journals;

/// <summary>
/// Writes the measured frames of a run with all that belongs to them as an <c>.npz</c> archive. Arrays over points have
/// one row a measured point, in the order in which the run was done with them.
/// </summary>
internal static class FrameArchive
{
    public static void Write(Stream stream, RunFrames frames)
    {
        using var archive = new NpzWriter(stream);
        int count = frames.Count;
        StructuralImage image = frames.Head.Image;
        double pixel = image.PixelSize.Value;
        switch (frames.Sample)
        {
            case SpectrumFrame { Axis: { } axis }:
                archive.AddPieces("spectra", [count, axis.Channels], Counts());
                archive.Add<double>(
                    "energy_eV", [axis.Channels], [.. Enumerable.Range(0, axis.Channels).Select(k => axis[k].Value)]);
                break;
            case PatternFrame { Shape: { } shape }:
                archive.AddPieces("patterns", [count, shape.Rows, shape.Columns], Counts());
                break;
        }

        AddNumbers("point", static story => story.Point.Value);
        AddNumbers("attempt", static story => story.Frame!.Attempt);
        AddNumbers("quality", PointColumns.QualityOf);
        AddPairs("requested_px", static story => PointColumns.Requested(story, 1.0));
        AddPairs("probe_px", static story => PointColumns.ReadBack(story, 1.0));
        AddPairs("requested_nm", story => PointColumns.Requested(story, pixel));
        AddPairs("probe_nm", story => PointColumns.ReadBack(story, pixel));
        AddPieces<double>("scalar", [count], static story => [PointColumns.ScalarOf(story)]);
        AddPieces<double>("standard_error", [count], static story => [PointColumns.StandardErrorOf(story)]);
        AddPieces<double>("electrons", [count], static story => [story.ChargedElectrons]);
        archive.Add("image", [image.Shape.Rows, image.Shape.Columns], image.Values.Span);
        archive.Add<double>("pixel_size_nm", [], [pixel]);
        if (frames.Head.StageAt is { } stage)
        {
            archive.Add<double>("stage_nm", [2], [stage.X.Value, stage.Y.Value]);
        }

        IEnumerable<ReadOnlyMemory<float>> Counts() => frames.Frames.Select(static frame => frame.Counts);

        void AddPairs(string name, Func<PointStory, double[]> values) => AddPieces(name, [count, 2], values);

        void AddNumbers(string name, Func<PointStory, int> value) =>
            AddPieces<int>(name, [count], story => [value(story)]);

        void AddPieces<T>(string name, int[] shape, Func<PointStory, T[]> values)
            where T : unmanaged => archive.AddPieces(
                name, shape, frames.Points.Select(story => new ReadOnlyMemory<T>(values(story))));
    }
}
