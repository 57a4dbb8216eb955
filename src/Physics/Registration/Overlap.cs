using DklActors.Messages.Geometry;

namespace DklActors.Physics.Registration;

/// <summary>The part of a scene that two images show where one lies shifted upon the other.</summary>
internal readonly record struct Overlap(int FirstRow, int FirstColumn, GridShape Shape, WholeShift Shift, int Width)
{
    /// <param name="shift">How far the other image has moved.</param>
    /// <param name="image">Rows and columns of both.</param>
    public static Overlap At(WholeShift shift, GridShape image) => new(
        Math.Max(0, -shift.Rows),
        Math.Max(0, -shift.Columns),
        new GridShape(image.Rows - Math.Abs(shift.Rows), image.Columns - Math.Abs(shift.Columns)),
        shift,
        image.Columns);

    /// <summary>The part as the first image shows it.</summary>
    public float[] OfReference(ReadOnlySpan<float> reference) => Cut(reference, FirstRow, FirstColumn);

    /// <summary>The part as the other image shows it, moved back by a further part of a pixel.</summary>
    public float[] OfMoved(ReadOnlySpan<float> moved, PixelShift part) =>
        CubicShift.Of(Cut(moved, FirstRow + Shift.Rows, FirstColumn + Shift.Columns), Shape, part);

    /// <summary>Compares the two.</summary>
    public CrossSpectrum Compare(
        ReadOnlySpan<float> reference, ReadOnlySpan<float> moved, PixelShift part, double taper) =>
        CrossSpectrum.Of(OfReference(reference), OfMoved(moved, part), Shape, taper);

    private float[] Cut(ReadOnlySpan<float> image, int firstRow, int firstColumn)
    {
        float[] cut = new float[Shape.Count];
        for (int row = 0; row < Shape.Rows; row++)
        {
            image.Slice(((firstRow + row) * Width) + firstColumn, Shape.Columns)
                .CopyTo(cut.AsSpan(row * Shape.Columns));
        }

        return cut;
    }
}
