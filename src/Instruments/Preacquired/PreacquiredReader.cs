using DklActors.Instruments.Files;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Instruments.Preacquired;

/// <summary>Reads recorded data and checks that the parts fit together.</summary>
internal sealed class PreacquiredReader
{
    // A stored axis may be rounded to float32 or to a few decimals; a bent one differs by more.
    private const double LargestAxisDeviationInChannels = 0.05;

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
        using ArrayContainer container = ArrayContainer.Open(source.Path);
        return new PreacquiredReader(source, container).Read();
    }

    private PreacquiredData Read()
    {
        if (!(_source.CountsPerUnit > 0 && double.IsFinite(_source.CountsPerUnit)))
        {
            throw Problem(_source.FramesArray, $"counts per unit of {_source.CountsPerUnit} make no sense",
                "give a positive number");
        }

        StructuralImage image = ReadImage();
        NpyArray frames = _container.Read(_source.FramesArray);
        GridShape grid = image.Shape;
        string spectra = $"({grid.Rows}, {grid.Columns}, channels)";
        string patterns = $"({grid.Rows}, {grid.Columns}, ky, kx)";
        bool fits = frames.Count > 0 && frames.Shape.Count is 3 or 4
            && frames.Shape[0] == grid.Rows && frames.Shape[1] == grid.Columns;
        if (!fits)
        {
            throw Problem(
                _source.FramesArray,
                $"its shape is {frames.ShapeText}, and {spectra} for spectra or {patterns} for patterns is expected, "
                + $"as the image '{_source.ImageArray}' is {grid.Rows} × {grid.Columns}",
                "name arrays on one grid, or transpose and crop them");
        }

        return frames.Shape.Count == 3
            ? new PreacquiredData(_source, image, frames, ReadAxis(frames.Shape[2]), null)
            : WithPatterns(image, frames);
    }

    private PreacquiredData WithPatterns(StructuralImage image, NpyArray frames) => _source.Energy is null
        ? new PreacquiredData(_source, image, frames, null, new GridShape(frames.Shape[2], frames.Shape[3]))
        : throw Problem(
            _source.FramesArray, $"its shape {frames.ShapeText} is that of patterns, but an energy axis is given",
            "leave out the energy axis, or name an array of spectra");

    private StructuralImage ReadImage()
    {
        NpyArray array = _container.Read(_source.ImageArray);
        if (array.Shape.Count != 2 || array.Count == 0)
        {
            throw Problem(
                _source.ImageArray, $"its shape is {array.ShapeText}, and (rows, columns) is expected",
                "name a two-dimensional structural image");
        }

        GridShape shape = new(array.Shape[0], array.Shape[1]);
        float[] values = array.ToSingles();
        int bad = Array.FindIndex(values, static value => !float.IsFinite(value));
        if (bad >= 0)
        {
            throw Problem(
                _source.ImageArray, $"the pixel {shape.PointAt(bad)} is {values[bad]}",
                "replace missing pixels, such as by their neighbours' mean");
        }

        return new StructuralImage(_source.ImageChannel, shape, ReadPixelSize(), values);
    }

    private Nanometre ReadPixelSize()
    {
        (double size, string? array) = _source.PixelSize switch
        {
            PixelSizeSource.Given given => (given.Size.Value, null),
            PixelSizeSource.FromArray stored => (ReadNumber(stored.Array) * NanometresPer(stored.Unit), stored.Array),
            _ => throw new InvalidOperationException($"{_source.PixelSize} is no source of a pixel size."),
        };
        return size > 0 && double.IsFinite(size)
            ? new Nanometre(size)
            : throw Problem(array, $"a pixel size of {size} nm makes no sense", "give a positive length");
    }

    private double ReadNumber(string name)
    {
        NpyArray array = _container.Read(name);
        return array.Count == 1
            ? array[0]
            : throw Problem(name, $"its shape is {array.ShapeText}, and one number is expected", "name another array");
    }

    private EnergyAxis ReadAxis(int channels)
    {
        switch (_source.Energy)
        {
            case EnergyAxisSource.FromArray stored:
                return ReadAxis(stored, channels);

            case EnergyAxisSource.Given given:
                return double.IsFinite(given.Origin.Value) && given.Dispersion.Value > 0
                    && double.IsFinite(given.Dispersion.Value)
                    ? new EnergyAxis(given.Origin, given.Dispersion, channels)
                    : throw Problem(
                        null, $"an energy axis from {given.Origin} with {given.Dispersion} per channel makes no sense",
                        "give a finite origin and a positive dispersion");

            default:
                throw Problem(
                    _source.FramesArray, "these are spectra, and their energy axis is not given",
                    "name the array of energies, or give origin and dispersion");
        }
    }

    private EnergyAxis ReadAxis(EnergyAxisSource.FromArray stored, int channels)
    {
        NpyArray array = _container.Read(stored.Array);
        if (array.Shape.Count != 1 || array.Count != channels || channels < 2)
        {
            throw Problem(
                stored.Array, $"its shape is {array.ShapeText}, and ({channels},) with at least 2 channels is expected"
                + $", as in '{_source.FramesArray}'", "name the energies of these spectra");
        }

        double unit = stored.Unit == EnergyUnit.KiloelectronVolt ? 1000 : 1;
        double[] energies = [.. array.ToDoubles().Select(value => value * unit)];
        double dispersion = (energies[^1] - energies[0]) / (channels - 1);
        if (!(dispersion > 0 && double.IsFinite(dispersion)))
        {
            throw Problem(
                stored.Array, $"it runs from {energies[0]} to {energies[^1]} eV", "energies must be finite and rise");
        }

        for (int channel = 0; channel < channels; channel++)
        {
            double uniform = energies[0] + (channel * dispersion);
            if (!(Math.Abs(energies[channel] - uniform) <= LargestAxisDeviationInChannels * dispersion))
            {
                throw Problem(
                    stored.Array,
                    $"channel {channel} is at {energies[channel]:G8} eV, and evenly spaced it would be at "
                    + $"{uniform:G8} eV",
                    "resample the spectra to an even energy axis");
            }
        }

        return new EnergyAxis(new ElectronVolt(energies[0]), new ElectronVolt(dispersion), channels);
    }

    private static double NanometresPer(LengthUnit unit) => unit switch
    {
        LengthUnit.Angstrom => 0.1,
        LengthUnit.Nanometre => 1,
        LengthUnit.Micrometre => 1000,
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "Not a unit of length."),
    };

    private DataFileException Problem(string? array, string problem, string remedy) =>
        new(_source.Path, array, problem, remedy);
}
