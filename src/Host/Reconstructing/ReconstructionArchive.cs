using DklActors.Instruments.Files;
using DklActors.Learning.Candidates;
using DklActors.Learning.Vectors;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;

namespace DklActors.Host.Reconstructing;

/// <summary>
/// Writes <c>reconstruction.npz</c>: positions, components with predicted scores and deviations, and the predicted
/// frames with the deviation of every channel. Frames are computed one after the other as they are written.
/// </summary>
internal static class ReconstructionArchive
{
    /// <remarks>
    /// Where the candidates fill a rectangle of the image, arrays over them have its rows and columns as their first
    /// dimensions, else one row a candidate. A frame is <c>mean_frame + scores · component_frames</c>.
    /// </remarks>
    public static void Write(string path, Reconstruction reconstruction, bool componentsOnly)
    {
        VectorModel model = reconstruction.Model;
        MeasuredFrames measured = reconstruction.Measured;
        int channels = measured.Channels, outputs = model.Components.Count;
        int[] grid = GridOf(measured.Candidates);
        int[] frame = measured.Frames[0] is PatternFrame pattern
            ? [pattern.Shape.Rows, pattern.Shape.Columns] : [channels];
        using FileStream file = File.Create(path);
        using var archive = new NpzWriter(file);
        GridPoint[] points = [.. Enumerable.Range(0, model.Count).Select(measured.Candidates.PointAt)];
        archive.Add<int>(
            "positions_px", [.. grid, 2], [.. points.SelectMany(static point => new[] { point.Row, point.Column })]);
        archive.Add<int>("measured", [measured.Measured.Count], [.. measured.Measured]);
        if (measured.Frames[0] is SpectrumFrame spectrum)
        {
            archive.Add<double>(
                "energy_eV", [channels], [.. Enumerable.Range(0, channels).Select(j => spectrum.Axis[j].Value)]);
        }

        archive.Add<float>("mean_frame", frame, Single(model.Components.Mean));
        archive.Add<float>(
            "component_frames", [outputs, .. frame],
            Single(Enumerable.Range(0, outputs).SelectMany(model.Components.FrameOf)));
        archive.AddPieces("scores", [.. grid, outputs], Rows(i => model.ScoresAt(i).ToArray()));
        archive.AddPieces(
            "score_deviations", [.. grid, outputs],
            Rows(i => Array.ConvertAll(model.ScoreVariancesAt(i).ToArray(), Math.Sqrt)));
        archive.Add<float>("scalar", grid, Single(reconstruction.Scalars));
        if (!componentsOnly)
        {
            double[] row = new double[channels];
            archive.AddPieces("mean", [.. grid, .. frame], Rows(i =>
            {
                model.Predict(i, row);
                return row;
            }));
            archive.AddPieces("deviation", [.. grid, .. frame], Rows(i =>
            {
                model.PredictVariance(i, row);
                return Array.ConvertAll(row, Math.Sqrt);
            }));
        }

        IEnumerable<ReadOnlyMemory<float>> Rows(Func<int, double[]> of) =>
            Enumerable.Range(0, model.Count).Select(i => new ReadOnlyMemory<float>(Single(of(i))));
    }

    private static float[] Single(IEnumerable<double> values) => [.. values.Select(static value => (float)value)];

    private static int[] GridOf(CandidateSet candidates)
    {
        GridPoint first = candidates.PointAt(0), last = candidates.PointAt(candidates.Count - 1);
        int rows = last.Row - first.Row + 1, columns = last.Column - first.Column + 1;
        return rows * columns == candidates.Count ? [rows, columns] : [candidates.Count];
    }
}
