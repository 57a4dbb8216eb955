using DklActors.Messages.Geometry;
using DklActors.Physics.Scalarizers.Parameters;

namespace DklActors.Physics.Patterns.Masks;

/// <summary>Arrays that have to be of the detector's shape.</summary>
internal static class ArrayShapes
{
    /// <exception cref="ArgumentException">It has another shape.</exception>
    public static ReadOnlySpan<float> Fitting(ReferenceArray array, GridShape shape) =>
        array.Shape is [var rows, var columns] && rows == shape.Rows && columns == shape.Columns
            ? array.Values.Span
            : throw new ArgumentException(
                $"{array.Source} is {string.Join("×", array.Shape)} px, and the patterns are {shape}.", nameof(array));
}
