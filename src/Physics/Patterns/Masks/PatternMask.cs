using DklActors.Messages.Geometry;

namespace DklActors.Physics.Patterns.Masks;

/// <summary>A weight for every pixel of a detector: a virtual detector. Immutable.</summary>
/// <remarks>
/// A pixel belongs to a disc or ring when its centre does (inner ≤ r &lt; outer), as in LiberTEM and py4DSTEM; pixels
/// of weight zero are never looked at, so that a mask also excludes dead pixels.
/// </remarks>
public sealed class PatternMask
{
    private readonly float[] _weights;
    private readonly (int First, int End)[] _ranges;

    private PatternMask(GridShape shape, float[] weights)
    {
        Shape = shape;
        _weights = weights;
        _ranges = new (int, int)[shape.Rows];
        for (int row = 0; row < shape.Rows; row++)
        {
            ReadOnlySpan<float> line = weights.AsSpan(row * shape.Columns, shape.Columns);
            int first = line.IndexOfAnyExcept(0f);
            _ranges[row] = first < 0 ? (0, 0) : (first, line.LastIndexOfAnyExcept(0f) + 1);
            PixelCount += line.Length - line.Count(0f);
        }
    }

    public GridShape Shape { get; }

    /// <summary>Pixels whose weight is not zero.</summary>
    public int PixelCount { get; }

    /// <summary>Weights, row-major.</summary>
    public ReadOnlySpan<float> Weights => _weights;

    /// <summary>The whole detector.</summary>
    public static PatternMask All(GridShape shape)
    {
        float[] weights = new float[shape.Count];
        Array.Fill(weights, 1f);
        return new PatternMask(shape, weights);
    }

    /// <summary>A disc: pixels nearer to its centre than its radius in px.</summary>
    public static PatternMask Disc(GridShape shape, PatternPoint centre, double radius) =>
        Ring(shape, centre, 0, radius);

    /// <summary>A ring: pixels from its inner radius on and below its outer one, in px.</summary>
    /// <exception cref="ArgumentException">The radii are not 0 ≤ inner &lt; outer.</exception>
    public static PatternMask Ring(GridShape shape, PatternPoint centre, double inner, double outer)
    {
        if (!(inner >= 0 && outer > inner))
        {
            throw new ArgumentException($"A ring from {inner} px to {outer} px has no extent.", nameof(outer));
        }

        float[] weights = new float[shape.Count];
        for (int i = 0; i < weights.Length; i++)
        {
            double distance = centre.DistanceTo(new PatternPoint(i / shape.Columns, i % shape.Columns));
            weights[i] = distance >= inner && distance < outer ? 1f : 0f;
        }

        return new PatternMask(shape, weights);
    }

    /// <summary>Any weights.</summary>
    /// <exception cref="ArgumentException">Not one weight a pixel, or one that is no number.</exception>
    public static PatternMask Of(GridShape shape, ReadOnlySpan<float> weights)
    {
        if (weights.Length != shape.Count)
        {
            throw new ArgumentException(
                $"A mask of {weights.Length} weights does not fit a detector of {shape}.", nameof(weights));
        }

        foreach (float weight in weights)
        {
            if (!float.IsFinite(weight))
            {
                throw new ArgumentException($"A mask has a weight of {weight}.", nameof(weights));
            }
        }

        return new PatternMask(shape, weights.ToArray());
    }

    /// <summary>Columns of a row outside which all weights are zero.</summary>
    internal (int First, int End) RangeOf(int row) => _ranges[row];
}
