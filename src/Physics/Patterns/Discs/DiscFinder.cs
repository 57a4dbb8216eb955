using System.Runtime.Intrinsics;
using DklActors.Messages.Geometry;
using DklActors.Physics.Fourier;
using DklActors.Physics.Patterns.Judging;
using DklActors.Physics.Patterns.Masks;
using DklActors.Physics.Patterns.Rooms;

namespace DklActors.Physics.Patterns.Discs;

/// <summary>Finds the discs of diffraction patterns by correlation with a template; thread-safe.</summary>
/// <remarks>
/// The place of a disc is where the correlation C is highest. Counting noise tilts C there, and its maximum moves by
/// −H⁻¹·∂C: the covariance of the place is H⁻¹·J·H⁻¹ with H the curvatures of C and J the covariance of its slopes.
/// See <see cref="WhitenedNoise"/> for a power other than 1.
/// </remarks>
public sealed class DiscFinder
{
    // Maxima come highest first: after so many in a row that noise may have made, no disc is to be expected.
    private const int MostRefused = 24;

    private readonly ProbeTemplate _template;
    private readonly DiscOptions _options;
    private readonly PatternMask _everywhere;
    private readonly double? _saturationCounts;
    private readonly RoomPool<DiscRoom> _rooms;
    private readonly double _spacing;
    private readonly int _edge;

    /// <param name="template">The disc.</param>
    /// <param name="options">How discs are looked for.</param>
    /// <param name="saturationCounts">Counts a pixel from which the detector no longer counts; null: unknown.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public DiscFinder(ProbeTemplate template, DiscOptions options, double? saturationCounts = null)
    {
        ArgumentNullException.ThrowIfNull(template);
        ArgumentNullException.ThrowIfNull(options);
        if (!(options.CorrelationPower is >= 0 and <= 1))
        {
            throw new ArgumentException(
                $"A correlation power of {options.CorrelationPower} is not between 0 (phase) and 1 (cross).",
                nameof(options));
        }

        if (options.MostDiscs < 1)
        {
            throw new ArgumentException($"{options.MostDiscs} discs at most are too few.", nameof(options));
        }

        _template = template;
        _options = options;
        _saturationCounts = saturationCounts;
        _everywhere = PatternMask.All(template.Shape);
        _rooms = new RoomPool<DiscRoom>(() => new DiscRoom(template.Transform, options.CorrelationPower != 1));
        _spacing = options.LeastSpacingPixels ?? template.Radius;
        _edge = Math.Max(1, (int)Math.Ceiling(options.EdgePixels ?? template.Radius));
    }

    /// <summary>Shape of the patterns.</summary>
    public GridShape Shape => _template.Shape;

    /// <summary>The most discs that are ever found.</summary>
    public int MostDiscs => _options.MostDiscs;

    /// <summary>Finds the discs of one pattern, highest first.</summary>
    /// <param name="counts">The pattern.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="discs">Room for <see cref="MostDiscs"/>.</param>
    /// <param name="count">How many were found.</param>
    public Finding Find(ReadOnlySpan<float> counts, GridShape shape, Span<Disc> discs, out int count)
    {
        count = 0;
        Finding finding = PatternInspection.Fit(counts, shape, Shape);
        if (finding.IsBad)
        {
            return finding;
        }

        var sum = MaskedSum.Of(counts, _everywhere);
        finding = PatternInspection.Of(counts, _everywhere, sum.Sum, sum.Least, sum.Greatest, _saturationCounts);
        if (finding.IsBad)
        {
            return finding;
        }

        DiscRoom room = _rooms.Rent();
        count = Find(counts, sum.Sum, room, discs);
        _rooms.Return(room);
        return count == 0 ? Finding.Bad("There is no disc in the pattern.") : finding;
    }

    private int Find(ReadOnlySpan<float> counts, double sum, DiscRoom room, Span<Disc> discs)
    {
        RealTransform transform = _template.Transform;
        transform.Forward(counts, room.Spectrum, room.Transform);
        Correlation.Multiply(
            room.Spectrum, _template.Spectrum, _options.CorrelationPower, sum, room.Whitened?.Weights);
        room.Whitened?.Prepare(room.Spectrum, _template.Spectrum, _options.CorrelationPower, room.Transform);
        transform.Inverse(room.Spectrum, room.Map, room.Transform);
        float highest = Highest(room.Map, Shape, _edge);
        if (!(highest > 0))
        {
            return 0;
        }

        int maxima = LocalMaxima.Find(
            room.Map, Shape, _edge, (float)(highest * _options.LeastRelativeHeight), room.Heights, room.Places);
        int found = 0, refused = 0;
        for (int i = 0; i < maxima && found < _options.MostDiscs && refused < MostRefused; i++)
        {
            int row = room.Places[i] / Shape.Columns, column = room.Places[i] % Shape.Columns;
            if (!IsFree(discs[..found], row, column))
            {
                continue;
            }

            if (TryMeasure(counts, room, row, column, out Disc disc))
            {
                discs[found++] = disc;
                refused = 0;
            }
            else
            {
                refused++;
            }
        }

        return found;
    }

    private bool TryMeasure(ReadOnlySpan<float> counts, DiscRoom room, int row, int column, out Disc disc)
    {
        CorrelationNoise noise = room.Whitened is { } whitened
            ? whitened.At(counts, row, column)
            : _template.Noise.At(counts, row, column);
        double height = room.Map[(row * Shape.Columns) + column], heightError = Math.Sqrt(noise.Value);
        disc = default;
        if (height < _options.LeastSignificance * heightError)
        {
            return false;
        }

        PeakShape shape = Parabola.At(room.Map, Shape, row, column);
        (double placeRow, double placeColumn) = (row, column);
        if (_options.Refinement != DiscRefinement.None)
        {
            (placeRow, placeColumn) = Parabola.Maximum(shape, row, column);
        }

        // Where the climb finds no maximum, the parabola has the last word.
        if (_options.Refinement == DiscRefinement.Fourier
            && room.Peak.TryClimb(room.Spectrum, ref placeRow, ref placeColumn, 1, out PeakShape fine))
        {
            (shape, height) = (fine, fine.Value);
        }

        if (!shape.IsCap)
        {
            return false;
        }

        disc = PeakError.DiscOf(placeRow, placeColumn, height, shape, noise);
        return true;
    }

    private bool IsFree(ReadOnlySpan<Disc> discs, int row, int column)
    {
        foreach (Disc disc in discs)
        {
            double rows = disc.Row - row, columns = disc.Column - column;
            if ((rows * rows) + (columns * columns) < _spacing * _spacing)
            {
                return false;
            }
        }

        return true;
    }

    private static float Highest(ReadOnlySpan<float> map, GridShape shape, int edge)
    {
        float highest = 0;
        for (int row = edge; row < shape.Rows - edge; row++)
        {
            ReadOnlySpan<float> line = map.Slice((row * shape.Columns) + edge, Math.Max(shape.Columns - (2 * edge), 0));
            Vector256<float> most = default;
            while (line.Length >= Vector256<float>.Count)
            {
                most = Vector256.Max(most, Vector256.Create(line));
                line = line[Vector256<float>.Count..];
            }

            for (int i = 0; i < Vector256<float>.Count; i++)
            {
                highest = MathF.Max(highest, most[i]);
            }

            foreach (float value in line)
            {
                highest = MathF.Max(highest, value);
            }
        }

        return highest;
    }
}
