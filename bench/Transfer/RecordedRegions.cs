using DklActors.Learning.Candidates;
using DklActors.Learning.Ladder;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;

namespace DklActors.Transfer;

/// <summary>Parts of a recorded map, each an image of its own, as if it had been looked at alone.</summary>
internal static class RecordedRegions
{
    // Too small a part has no room for structure.
    private const int LeastCandidates = 800;

    /// <summary>Two parts side by side: of the upper or the lower half, or of the whole where it is small.</summary>
    public static KnownScalars[] Pair(KnownScalars whole, int pair)
    {
        GridShape shape = whole.Candidates.Image.Shape;
        bool isSmall = Cut(whole, new PixelArea(0, shape.Rows / 2, 0, shape.Columns / 2)).Candidates.Count
            < LeastCandidates;
        int rows = isSmall ? shape.Rows : shape.Rows / 2;
        int first = isSmall || pair % 2 == 0 ? 0 : shape.Rows - rows;
        int middle = shape.Columns / 2;
        return
        [
            Cut(whole, new PixelArea(first, first + rows, 0, middle)),
            Cut(whole, new PixelArea(first, first + rows, middle, shape.Columns)),
        ];
    }

    private static KnownScalars Cut(KnownScalars whole, PixelArea area)
    {
        StructuralImage image = whole.Candidates.Image;
        var shape = new GridShape(area.EndRow - area.FirstRow, area.EndColumn - area.FirstColumn);
        float[] values = new float[shape.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = image[InWhole(shape.PointAt(i))];
        }

        var candidates = CandidateSet.Create(
            new StructuralImage(image.Channel, shape, image.PixelSize, values), whole.Candidates.Window);
        int[] origins = [.. Enumerable.Range(0, candidates.Count).Select(i =>
            whole.Candidates.TryIndexOf(InWhole(candidates.PointAt(i)), out int origin)
                ? origin
                : throw new InvalidOperationException($"{candidates.PointAt(i)} was not recorded."))];
        double[] measured = Array.ConvertAll(origins, origin => whole.Measured[origin]);
        return new KnownScalars(
            candidates,
            measured,
            Array.ConvertAll(origins, origin => whole.StandardErrors[origin]),
            whole.TruthIsMeasured ? measured : Array.ConvertAll(origins, origin => whole.Truth[origin]));

        GridPoint InWhole(GridPoint point) => new(area.FirstRow + point.Row, area.FirstColumn + point.Column);
    }
}
