using DklActors.Messages.Geometry;

namespace DklActors.Instruments.Virtual;

internal static class GridShapeExtensions
{
    /// <summary>The grid point nearest to a place, which may lie off the grid.</summary>
    public static GridPoint Clamp(this GridShape grid, ProbePosition place) => new(
        (int)Math.Clamp(Math.Round(place.Row), 0, grid.Rows - 1),
        (int)Math.Clamp(Math.Round(place.Column), 0, grid.Columns - 1));
}
