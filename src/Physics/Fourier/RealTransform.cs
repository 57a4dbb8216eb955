using System.Collections.Concurrent;
using DklActors.Messages.Geometry;

namespace DklActors.Physics.Fourier;

/// <summary>
/// Fourier transform of real images of one shape and back; immutable, shared by threads that bring their own
/// <see cref="TransformRoom"/>.
/// </summary>
/// <remarks>
/// The left half of an image is the real part and its right half the imaginary part of a complex one of half the
/// width, whose columns are transformed side by side; the two are then told apart by their symmetry. A spectrum is kept
/// by its column frequency: number <c>column · Stride + row</c> with row frequencies 0 … rows/2, since
/// X(−row, −column) = X*(row, column). Float32 throughout: errors are about 1e-7 of the largest number.
/// </remarks>
internal sealed class RealTransform
{
    private static readonly ConcurrentDictionary<GridShape, RealTransform> Plans = new();

    private readonly AxisTransform _alongRows;
    private readonly AxisTransform _alongColumns;
    private readonly int _halfWidth;
    private readonly int _imageStride;

    private RealTransform(GridShape shape)
    {
        Shape = shape;
        _alongRows = AxisTransform.For(shape.Rows);
        _alongColumns = AxisTransform.For(shape.Columns);
        _halfWidth = (shape.Columns + 1) / 2;
        _imageStride = Lanes.Padded(_halfWidth);
        RowFrequencies = (shape.Rows / 2) + 1;
        Stride = Lanes.Padded(RowFrequencies);
        Capacity = Math.Max(_alongRows.RowsNeeded * _imageStride, _alongColumns.RowsNeeded * Stride);
    }

    public GridShape Shape { get; }

    /// <summary>Row frequencies that are kept, 0 … rows/2.</summary>
    public int RowFrequencies { get; }

    /// <summary>Numbers from one column frequency of a spectrum to the next; those past the last are zero.</summary>
    public int Stride { get; }

    /// <summary>Numbers of a spectrum.</summary>
    public int SpectrumLength => Shape.Columns * Stride;

    /// <summary>Numbers that each half of the room must hold.</summary>
    public int Capacity { get; }

    /// <summary>The plan of a shape, made once.</summary>
    public static RealTransform For(GridShape shape) => Plans.GetOrAdd(shape, static key => new RealTransform(key));

    public SplitComplex NewSpectrum() => new(SpectrumLength);

    /// <summary>Spectrum of an image, unscaled.</summary>
    public void Forward(ReadOnlySpan<float> image, SplitComplex spectrum, TransformRoom room)
    {
        (int rows, int columns) = (Shape.Rows, Shape.Columns);
        (SplitComplex first, SplitComplex second) = (room.First, room.Second);
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> line = image.Slice(row * columns, columns);
            Fill(first.Real.AsSpan(row * _imageStride, _imageStride), line[.._halfWidth]);
            Fill(first.Imaginary.AsSpan(row * _imageStride, _imageStride), line[_halfWidth..]);
        }

        SplitComplex packed = _alongRows.Transform(first, second, _imageStride, inverse: false);
        SplitComplex halves = room.Other(packed);
        HalfSpectra.Separate(packed, halves, Shape, _imageStride, Stride);
        SplitComplex result = _alongColumns.Transform(halves, packed, Stride, inverse: false);
        result.Real.AsSpan(0, SpectrumLength).CopyTo(spectrum.Real);
        result.Imaginary.AsSpan(0, SpectrumLength).CopyTo(spectrum.Imaginary);
    }

    /// <summary>Image of a spectrum, scaled so that it undoes <see cref="Forward"/>.</summary>
    public void Inverse(SplitComplex spectrum, Span<float> image, TransformRoom room)
    {
        spectrum.Real.AsSpan(0, SpectrumLength).CopyTo(room.First.Real);
        spectrum.Imaginary.AsSpan(0, SpectrumLength).CopyTo(room.First.Imaginary);
        SplitComplex halves = _alongColumns.Transform(room.First, room.Second, Stride, inverse: true);
        SplitComplex packed = room.Other(halves);
        HalfSpectra.Join(halves, packed, Shape, _imageStride, Stride);
        SplitComplex result = _alongRows.Transform(packed, halves, _imageStride, inverse: true);
        (int rows, int columns) = (Shape.Rows, Shape.Columns);
        float scale = 1f / Shape.Count;
        for (int row = 0; row < rows; row++)
        {
            Span<float> line = image.Slice(row * columns, columns);
            Scale(result.Real.AsSpan(row * _imageStride, _halfWidth), scale, line[.._halfWidth]);
            Scale(result.Imaginary.AsSpan(row * _imageStride, columns - _halfWidth), scale, line[_halfWidth..]);
        }
    }

    // The padding is cleared: it is transformed along, and what lay there before might be no number.
    private static void Fill(Span<float> target, ReadOnlySpan<float> source)
    {
        source.CopyTo(target);
        target[source.Length..].Clear();
    }

    private static void Scale(ReadOnlySpan<float> source, float scale, Span<float> target)
    {
        for (int i = 0; i < source.Length; i++)
        {
            target[i] = source[i] * scale;
        }
    }
}
