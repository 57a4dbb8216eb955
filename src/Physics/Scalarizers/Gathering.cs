using System.Collections.Immutable;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Scalars;

namespace DklActors.Physics.Scalarizers;

/// <summary>Evaluates scalarizers where every frame of a grid is to be had.</summary>
public static class Gathering
{
    /// <summary>The scalar at a point, with the neighbours that it asks for.</summary>
    /// <param name="scalarizer">What is computed.</param>
    /// <param name="point">Where.</param>
    /// <param name="grid">Neighbours outside of it do not exist.</param>
    /// <param name="frameAt">The frame at a point of the grid; null where there is none.</param>
    /// <param name="extent">Pixels from one frame to the next; by default one.</param>
    public static ScalarResult At(
        this IScalarizer scalarizer, GridPoint point, GridShape grid, Func<GridPoint, Frame?> frameAt,
        GridShape? extent = null)
    {
        ArgumentNullException.ThrowIfNull(scalarizer);
        ArgumentNullException.ThrowIfNull(frameAt);
        if (frameAt(point) is not { } frame)
        {
            return ScalarResult.Bad($"There is no frame at {point}.");
        }

        ImmutableArray<Frame?> neighbours =
        [
            .. scalarizer.Neighbours.Select(offset => new GridOffset(
                    offset.Rows * (extent?.Rows ?? 1), offset.Columns * (extent?.Columns ?? 1)).From(point))
                .Select(neighbour => grid.Contains(neighbour) ? frameAt(neighbour) : null),
        ];
        return scalarizer.Evaluate(new Measurement(frame, point.Centre) { Neighbours = neighbours });
    }
}
