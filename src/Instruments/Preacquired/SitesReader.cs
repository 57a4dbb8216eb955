using DklActors.Instruments.Files;
using DklActors.Messages.Geometry;

namespace DklActors.Instruments.Preacquired;

/// <summary>Finds out where the frames of a data set lie on the structural image.</summary>
/// <remarks>
/// <code>
/// frames of     at every pixel, or on a coarser grid    at the positions of a list
/// values        (rows, columns)                         (N,)
/// spectra       (rows, columns, channels)               (N, channels)
/// patterns      (rows, columns, ky, kx)                 (N, ky, kx)
/// </code>
/// Spectra are what has an energy axis, so that no shape can be read in two ways. A list may also pick pixels from
/// frames that are stored for every one.
/// </remarks>
internal sealed class SitesReader(PreacquiredSource source, ArrayContainer container, GridShape image)
{
    /// <summary>The sites, and how many leading dimensions of the frames count them: 1 or 2.</summary>
    /// <exception cref="DataFileException">Shapes that do not fit, or a position that is none.</exception>
    public (FrameSites Sites, int LeadingDimensions) Read(DataArray frames)
    {
        bool hasAxis = source.Energy is not null;
        bool isListed = frames.Shape.Count == (hasAxis ? 2 : 1)
            || (frames.Shape.Count == 3 && !hasAxis && source.PositionsArray is not null);
        bool isGrid = frames.Shape.Count is 3 or 4 || (frames.Shape.Count == 2 && !hasAxis);
        if (frames.Count == 0 || (!isListed && !isGrid))
        {
            throw Misfit(frames);
        }

        if (frames.Shape.Count == 4 && hasAxis)
        {
            throw Problem(
                source.FramesArray, $"its shape {frames.ShapeText} is that of patterns, but an energy axis is given",
                "leave out the energy axis, or name an array of spectra");
        }

        return isListed ? (ReadListed(frames), 1) : (ReadGrid(frames), 2);
    }

    /// <summary>The sites that an array names, by number or by row and column; empty where none is named.</summary>
    public IReadOnlyList<GridPoint> ReadSeeds(FrameSites sites)
    {
        if (source.SeedsArray is not { } name)
        {
            return [];
        }

        DataArray array = container.Read(name);
        if (array.Shape is [_, 2])
        {
            GridPoint[] points = ReadPoints(name, array);
            HashSet<GridPoint>? known = sites.Points is null ? null : [.. sites.Points];
            GridPoint[] strange = known is null ? [] : [.. points.Where(point => !known.Contains(point)).Take(1)];
            return strange is [var first]
                ? throw Problem(name, $"there is no frame at {first}", "name only places that were measured")
                : points;
        }

        if (array.Shape.Count != 1)
        {
            throw Problem(
                name,
                $"its shape is {array.ShapeText}, and (N,) for numbers or (N, 2) for rows and columns is expected",
                "name an array of seed points");
        }

        double[] numbers = array.ToDoubles();
        int bad = Array.FindIndex(
            numbers, number => !(double.IsInteger(number) && number >= 0 && number < sites.Count));
        if (bad >= 0)
        {
            throw Problem(
                name, $"element {bad} is {numbers[bad]}, and a number from 0 to {sites.Count - 1} is expected",
                "number the frames from 0 in the order in which they are stored");
        }

        return RequireDifferent(name, [.. numbers.Select(number => sites[(int)number])]);
    }

    private FrameSites ReadListed(DataArray frames)
    {
        if (source.PositionsArray is not { } name)
        {
            throw Problem(
                source.FramesArray,
                $"its shape is {frames.ShapeText}, one frame a place, and the places are not given",
                "name the array of their rows and columns as positions");
        }

        DataArray positions = container.Read(name);
        GridPoint[] points = ReadPoints(name, positions);
        return points.Length == frames.Shape[0]
            ? FrameSites.Listed(image, points, isOnGrid: false)
            : throw Problem(
                name, $"its shape is {positions.ShapeText}, and ({frames.Shape[0]}, 2) is expected, as "
                + $"'{source.FramesArray}' is {frames.ShapeText}", "name one position for each frame");
    }

    private FrameSites ReadGrid(DataArray frames)
    {
        GridShape grid = new(frames.Shape[0], frames.Shape[1]);
        if (source.PositionsArray is { } name)
        {
            return grid == image
                ? FrameSites.Listed(image, ReadPoints(name, container.Read(name)), isOnGrid: true)
                : throw Misfit(frames);
        }

        return grid == image ? FrameSites.EveryPixel(image)
            : image.Rows % grid.Rows == 0 && image.Columns % grid.Columns == 0 ? FrameSites.Blocks(image, grid)
            : throw Misfit(frames);
    }

    private GridPoint[] ReadPoints(string name, DataArray array)
    {
        if (array.Shape is not [> 0, 2])
        {
            throw Problem(
                name, $"its shape is {array.ShapeText}, and (N, 2) with row and column of each place is expected",
                "name an array of positions");
        }

        var points = new GridPoint[array.Shape[0]];
        for (int i = 0; i < points.Length; i++)
        {
            (double row, double column) = (array[2 * i], array[(2 * i) + 1]);
            points[i] = double.IsInteger(row) && double.IsInteger(column)
                && row >= 0 && row < image.Rows && column >= 0 && column < image.Columns
                ? new GridPoint((int)row, (int)column)
                : throw Problem(
                    name, $"position {i} is ({row}, {column}), and whole pixels of the image of {image} are expected",
                    "give row and column of each place in pixels of the structural image, from 0");
        }

        return RequireDifferent(name, points);
    }

    private GridPoint[] RequireDifferent(string name, GridPoint[] points)
    {
        HashSet<GridPoint> seen = [];
        int twice = Array.FindIndex(points, point => !seen.Add(point));
        return twice < 0
            ? points
            : throw Problem(name, $"{points[twice]} stands there twice", "keep one of the two");
    }

    private DataFileException Misfit(DataArray frames)
    {
        string grid = $"{image.Rows}, {image.Columns}";
        string even = source.PositionsArray is null ? "on that grid or a coarser one that divides it evenly, " : "";
        return Problem(
            source.FramesArray,
            $"its shape is {frames.ShapeText}, and ({grid}, channels) for spectra, ({grid}, ky, kx) for patterns or "
            + $"({grid}) for values is expected, {even}as the image '{source.ImageArray}' is "
            + $"{image.Rows} × {image.Columns}",
            "name arrays on one grid, or transpose and crop them, or name the positions of the frames");
    }

    private DataFileException Problem(string array, string problem, string remedy) =>
        new(container.Path, array, problem, remedy);
}
