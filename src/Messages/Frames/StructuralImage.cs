using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Messages.Frames;

/// <summary>The survey image (HAADF, ABF …) on whose pixels the candidates lie; row-major, never modified.</summary>
public sealed class StructuralImage
{
    /// <exception cref="ArgumentException">The number of values is not rows × columns.</exception>
    public StructuralImage(string channel, GridShape shape, Nanometre pixelSize, ReadOnlyMemory<float> values)
    {
        if (values.Length != shape.Count)
        {
            throw new ArgumentException($"An image of {values.Length} values is not {shape}.", nameof(values));
        }

        Channel = channel;
        Shape = shape;
        PixelSize = pixelSize;
        Values = values;
    }

    /// <summary>Name of the detector, such as HAADF.</summary>
    public string Channel { get; }

    public GridShape Shape { get; }

    public Nanometre PixelSize { get; }

    public ReadOnlyMemory<float> Values { get; }

    public float this[GridPoint point] => Values.Span[Shape.IndexOf(point)];
}
