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

    public static PlanRegion Of(PixelArea area) => new(
        new GridPoint(area.FirstRow, area.FirstColumn), new GridPoint(area.EndRow - 1, area.EndColumn - 1));
}
