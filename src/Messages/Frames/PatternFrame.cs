using DklActors.Messages.Geometry;

namespace DklActors.Messages.Frames;

/// <summary>One diffraction pattern: counts per detector pixel, row-major.</summary>
public sealed class PatternFrame : Frame
{
    /// <exception cref="ArgumentException">The number of counts is not rows × columns.</exception>
    public PatternFrame(GridShape shape, ReadOnlyMemory<float> counts)
        : base(counts)
    {
        if (counts.Length != shape.Count)
        {
            throw new ArgumentException(
                $"A pattern of {counts.Length} counts does not fit a detector of {shape}.", nameof(counts));
        }

        Shape = shape;
    }

    public GridShape Shape { get; }
}
