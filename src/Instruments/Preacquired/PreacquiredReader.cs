using DklActors.Instruments.Files;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;

namespace DklActors.Instruments.Preacquired;

/// <summary>Reads recorded data and checks that the parts fit together.</summary>
internal sealed class PreacquiredReader
{
    private readonly PreacquiredSource _source;
    private readonly ArrayContainer _container;

    private PreacquiredReader(PreacquiredSource source, ArrayContainer container)
    {
        _source = source;
        _container = container;
    }

    /// <exception cref="DataFileException">Absent, damaged, or not fitting.</exception>
    public static PreacquiredData Read(PreacquiredSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArrayContainer container = ArrayContainer.Open(source.Path);
        try
        {
            return new PreacquiredReader(source, container).Read();
        }
        catch
        {
            container.Dispose();
            throw;
        }
    }

    private PreacquiredData Read()
    {
        if (!(_source.CountsPerUnit > 0 && double.IsFinite(_source.CountsPerUnit)))
        {
            throw Problem(_source.FramesArray, $"counts per unit of {_source.CountsPerUnit} make no sense",
                "give a positive number");
        }

        StructuralImage image = ReadImage();
        DataArray frames = _container.Read(_source.FramesArray);
        var reader = new SitesReader(_source, _container, image.Shape);
        (FrameSites sites, int leading) = reader.Read(frames);
        int[] frame = [.. frames.Shape.Skip(leading)];
        (EnergyAxis? axis, GridShape? pattern) = frame switch
        {
            [int rows, int columns] => ((EnergyAxis?)null, new GridShape(rows, columns)),
            [int channels] => (new EnergyAxisReader(_source, _container).Read(channels), (GridShape?)null),
            _ => (null, new GridShape(1, 1)),
        };
        if (frame.Length == 0)
        {
            RequireFinite(frames, sites);
        }

        return new PreacquiredData(_source, _container, image, frames, axis, pattern)
        {
            Sites = sites,
            SeedPoints = reader.ReadSeeds(sites),
            Truth = ReadTruth(frames),
        };
    }

    private StructuralImage ReadImage()
    {
        if (_source.ImagePath is not { } path)
        {
            return new StructuralImageReader(_source, _container).Read();
        }

        using ArrayContainer container = ArrayContainer.Open(path);
        return new StructuralImageReader(_source, container).Read();
    }

    private DataArray? ReadTruth(DataArray frames)
    {
        if (_source.TruthArray is not { } name)
        {
            return null;
        }

        DataArray truth = _container.Read(name);
        return truth.Shape.SequenceEqual(frames.Shape)
            ? truth
            : throw Problem(
                name, $"its shape is {truth.ShapeText}, and {frames.ShapeText} is expected, that of "
                + $"'{_source.FramesArray}'", "name the frames without their noise, in the same order");
    }

    /// <summary>A number that is none would be planned, measured and thrown away.</summary>
    private void RequireFinite(DataArray values, FrameSites sites)
    {
        for (int i = 0; i < sites.Count; i++)
        {
            double value = values[sites.FrameAt(sites[i])];
            if (!double.IsFinite(value))
            {
                throw Problem(
                    _source.FramesArray, $"the value at {sites[i]} is {value}",
                    "name the array of the positions that were measured");
            }
        }
    }

    private DataFileException Problem(string? array, string problem, string remedy) =>
        new(_source.Path, array, problem, remedy);
}
