using DklActors.Messages.Geometry;

namespace DklActors.Actors.Planning;

/// <summary>The rectangle of the structural image in which points may be planned, its border included.</summary>
/// <remarks>What lies outside is still predicted: the region limits the probe, not the model.</remarks>
/// <param name="First">Upper left pixel.</param>
/// <param name="Last">Lower right pixel.</param>
public sealed record PlanRegion(GridPoint First, GridPoint Last)
{
    public bool Contains(GridPoint point) =>
        point.Row >= First.Row && point.Row <= Last.Row && point.Column >= First.Column && point.Column <= Last.Column;

    /// <summary>One flag a pixel, row-major, true outside the region.</summary>
    internal bool[] MaskOf(GridShape image)
    {
        bool[] mask = new bool[image.Count];
        for (int pixel = 0; pixel < mask.Length; pixel++)
        {
            mask[pixel] = !Contains(image.PointAt(pixel));
        }

        return mask;
    }
}
