using DklActors.Instruments.Files;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Instruments.Preacquired;

/// <summary>Reads a structural image with its pixel size.</summary>
internal sealed class StructuralImageReader(PreacquiredSource source, ArrayContainer container)
{
    /// <exception cref="DataFileException">Not two-dimensional, not finite, or without a pixel size.</exception>
    public StructuralImage Read()
    {
        DataArray array = container.Read(source.ImageArray);
        if (array.Shape.Count != 2 || array.Count == 0)
        {
            throw Problem(
                source.ImageArray, $"its shape is {array.ShapeText}, and (rows, columns) is expected",
                "name a two-dimensional structural image");
        }

        GridShape shape = new(array.Shape[0], array.Shape[1]);
        float[] values = array.ToSingles();
        int bad = Array.FindIndex(values, static value => !float.IsFinite(value));
        return bad < 0
            ? new StructuralImage(container.LabelOf(source.ImageArray), shape, ReadPixelSize(), values)
            : throw Problem(
                source.ImageArray, $"the pixel {shape.PointAt(bad)} is {values[bad]}",
                "replace missing pixels, such as by their neighbours' mean");
    }

    private Nanometre ReadPixelSize()
    {
        (double size, string? array) = source.PixelSize switch
        {
            PixelSizeSource.Given given => (given.Size.Value, null),
            PixelSizeSource.FromArray stored => (ReadNumber(stored.Array) * NanometresPer(stored.Unit), stored.Array),
            _ => throw new InvalidOperationException($"{source.PixelSize} is no source of a pixel size."),
        };
        return size > 0 && double.IsFinite(size)
            ? new Nanometre(size)
            : throw Problem(array, $"a pixel size of {size} nm makes no sense", "give a positive length");
    }

    private double ReadNumber(string name)
    {
        DataArray array = container.Read(name);
        return array.Count == 1
            ? array[0]
            : throw Problem(name, $"its shape is {array.ShapeText}, and one number is expected", "name another array");
    }

    private static double NanometresPer(LengthUnit unit) => unit switch
    {
        LengthUnit.Angstrom => 0.1,
        LengthUnit.Nanometre => 1,
        LengthUnit.Micrometre => 1000,
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "Not a unit of length."),
    };

    private DataFileException Problem(string? array, string problem, string remedy) =>
        new(container.Path, array, problem, remedy);
}
