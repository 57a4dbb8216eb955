using DklActors.Host.Commands;
using DklActors.Host.Data;
using DklActors.Instruments.Files;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Host.Previewing;

/// <summary>The frames of a data file on their grid, read one by one.</summary>
internal sealed class FrameGrid : IDisposable
{
    private readonly ArrayContainer _container;
    private readonly DataArray _array;
    private readonly GridShape? _pattern;
    private readonly EnergyAxis? _axis;
    private readonly int _length;

    private readonly double _countsPerUnit;

    private FrameGrid(
        ArrayContainer container, string name, DataArray array, IReadOnlyList<DataAxis> axes, double countsPerUnit)
    {
        _countsPerUnit = countsPerUnit;
        _container = container;
        _array = array;
        Name = name;
        int signal = axes.Count(static axis => axis.Role == AxisRole.Signal);
        // An array without roles is a spectrum, spectra on a line or a grid, or patterns.
        signal = axes.Count switch
        {
            1 => 1,
            2 when signal == 2 && axes[^1].ElectronVoltsPerUnit is not null => 1,
            _ => Math.Clamp(signal, 1, 2),
        };
        DataAxis[] navigation = [.. axes.SkipLast(signal)];
        Shape = navigation.Length switch
        {
            0 => new GridShape(1, 1),
            1 => new GridShape(1, navigation[0].Length),
            _ => new GridShape(
                navigation.SkipLast(1).Aggregate(1, static (product, axis) => checked(product * axis.Length)),
                navigation[^1].Length),
        };
        PixelSize = navigation is [.., var last] && last.NanometresPerUnit is { } unit && last.Scale * unit > 0
            ? new Nanometre(last.Scale * unit)
            : null;
        DataAxis fastest = axes[^1];
        _pattern = signal == 2 ? new GridShape(axes[^2].Length, fastest.Length) : null;
        IsCalibrated = fastest.ElectronVoltsPerUnit is not null;
        double scale = fastest.ElectronVoltsPerUnit ?? 1;
        _axis = signal == 1
            ? new EnergyAxis(
                new ElectronVolt((IsCalibrated ? fastest.Offset : 0) * scale),
                new ElectronVolt((IsCalibrated ? fastest.Scale : 1) * scale),
                fastest.Length)
            : null;
        _length = _pattern?.Count ?? _axis!.Channels;
    }

    /// <summary>Name of the array.</summary>
    public string Name { get; }

    /// <summary>Rows and columns of the places; 1 × 1 for a single frame.</summary>
    public GridShape Shape { get; }

    /// <summary>Distance of places; null where the file does not say.</summary>
    public Nanometre? PixelSize { get; }

    /// <summary>Whether channels have energies; else they are numbered, one "eV" each.</summary>
    public bool IsCalibrated { get; }

    /// <summary>Energy axis of spectra; null for patterns.</summary>
    public EnergyAxis? EnergyAxis => _axis;

    /// <summary>Detector pixels of patterns; null for spectra.</summary>
    public GridShape? PatternShape => _pattern;

    /// <exception cref="DataFileException">The file or the array cannot be read.</exception>
    /// <exception cref="UsageException">The array holds no frames.</exception>
    public static FrameGrid Open(string path, string? array, double countsPerUnit = 1)
    {
        ArrayContainer container = ArrayContainer.OpenAny(path);
        try
        {
            string name = array ?? SignalFacts.Pick(container);
            DataArray data = container.Read(name);
            IReadOnlyList<DataAxis> axes = SignalFacts.AxesOf(container, name, data);
            bool isFrames = axes.Count >= 1 && (axes.Count > 2 || axes[^1].Role == AxisRole.Signal);
            return isFrames
                ? new FrameGrid(container, name, data, axes, countsPerUnit)
                : throw new UsageException(
                    $"'{name}' of {path} has the shape {data.ShapeText}, which holds no spectra or patterns; name "
                    + "another array with --array ('dkl data info' shows them).");
        }
        catch
        {
            container.Dispose();
            throw;
        }
    }

    /// <summary>Reads the frame at a place. Several threads may read at once.</summary>
    public Frame FrameAt(GridPoint place)
    {
        float[] counts = new float[_length];
        _array.CopyFrame((long)Shape.IndexOf(place), counts);
        for (int i = 0; i < counts.Length && _countsPerUnit != 1; i++)
        {
            counts[i] = (float)(counts[i] / _countsPerUnit);
        }

        return _pattern is { } shape ? new PatternFrame(shape, counts) : new SpectrumFrame(_axis!, counts);
    }

    public void Dispose() => _container.Dispose();
}
