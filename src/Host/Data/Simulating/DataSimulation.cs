using DklActors.Host.Commands;
using DklActors.Instruments.Ports;
using DklActors.Instruments.Simulated;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;

namespace DklActors.Host.Data.Simulating;

/// <summary>Writes a simulated data set: image, frames, calibrations, everything that is true, and a recipe.</summary>
internal sealed class DataSimulation : IDisposable
{
    // The largest count of a frame is guessed from so many along each side of the scan, and may be half as much more.
    private const int ProbedPerSide = 12;
    private const double Headroom = 1.5;
    private const double SpikeRoom = 8000;
    private const long DiskToSpare = 200_000_000;

    private readonly SimulationRequest _request;
    private readonly SimulatedScene _scene;
    private readonly GridShape _grid;
    private readonly int[] _frame;
    private readonly bool _isNarrow;
    private FrameStream? _stream;
    private long _truthDone;

    /// <exception cref="UsageException">There is no such sample.</exception>
    public DataSimulation(SimulationRequest request, TimeProvider time)
    {
        _request = request;
        _scene = SimulatedScene.Of(request, time);
        _grid = Microscope.Image.Shape;
        (_frame, double largest) = Probe(Microscope, _grid);
        _isNarrow = (Headroom * largest) + (6 * Math.Sqrt(largest)) + SpikeRoom < ushort.MaxValue;
    }

    /// <summary>Frames to make, with and without noise.</summary>
    public long Frames => (_request.WithTruthFrames ? 2L : 1L) * _grid.Count;

    /// <summary>Frames made so far.</summary>
    public long Done => (_stream?.Done ?? 0) + _truthDone;

    /// <summary>Size of all arrays, before an archive deflates them.</summary>
    public long Bytes => _grid.Count * ((long)FrameLength * (CountBytes + (_request.WithTruthFrames ? 4 : 0))
        + (4L * (1 + Microscope.Quantities.Count)));

    /// <summary>A line about what is going to be written.</summary>
    public string Description => $"{Microscope.Description}; {_grid.Count} frames of "
        + $"{string.Join("×", _frame)} as {(_isNarrow ? "u2" : "u4")}, {_scene.Electrons:G3} electrons each";

    private SimulatedMicroscope Microscope => _scene.Microscope;

    private int FrameLength => _frame.Aggregate(1, static (product, length) => product * length);

    private int CountBytes => _isNarrow ? sizeof(ushort) : sizeof(uint);

    /// <summary>Checks that there is room, and writes.</summary>
    /// <returns>The place of the data set.</returns>
    /// <exception cref="IOException">There is not enough room, or it cannot be written.</exception>
    /// <exception cref="UsageException">Something is there already.</exception>
    public string Write(CancellationToken cancellationToken)
    {
        RequireRoom();
        using IDataSetWriter writer = _request.IsArchive
            ? new ArchiveWriter(_request.Out, _request.Force)
            : new FolderWriter(_request.Out, _request.Force);
        writer.Add("image", [_grid.Rows, _grid.Columns], [Microscope.Image.Values]);
        WriteCalibrations(writer);
        foreach (KnownQuantity quantity in Microscope.Quantities)
        {
            writer.Add(TruthName(quantity), [_grid.Rows, _grid.Columns], One(Microscope.Truth(quantity.Name)));
        }

        int[] shape = [_grid.Rows, _grid.Columns, .. _frame];
        _stream = new FrameStream(Microscope, FrameLength, _scene.Recipe.Seed, cancellationToken);
        if (_isNarrow)
        {
            writer.Add("frames", shape, _stream.Counts<ushort>());
        }
        else
        {
            writer.Add("frames", shape, _stream.Counts<uint>());
        }

        if (_request.WithTruthFrames)
        {
            _truthDone = _stream.Done;
            _stream = new FrameStream(Microscope, FrameLength, _scene.Recipe.Seed, cancellationToken);
            writer.Add("frames_truth", shape, _stream.Expected());
        }

        writer.Complete(data => SimulatedRecipe.For(_scene, data, _request.WithTruthFrames));
        return writer.Place;
    }

    public void Dispose() => _scene.Dispose();

    /// <summary>Name of the array of a quantity: truth_strain_xx.</summary>
    internal static string TruthName(KnownQuantity quantity) => $"truth_{quantity.Name.Replace('-', '_')}";

    private void WriteCalibrations(IDataSetWriter writer)
    {
        writer.Add("pixel_size", [], One([_scene.Sample.PixelSize.Value]));
        writer.Add("electrons_per_frame", [], One([_scene.Electrons]));
        if (Microscope.EnergyAxis is { } axis)
        {
            double[] energies = [.. Enumerable.Range(0, axis.Channels).Select(i => axis[i].Value)];
            writer.Add("energy", [energies.Length], One(energies));
        }

        if (SimulatedRecipe.CameraOf(_scene.Sample) is { } camera)
        {
            writer.Add("diffraction_pixel", [], One([camera.MilliradPerPixel]));
            writer.Add("convergence_angle", [], One([camera.ConvergenceMillirad]));
            writer.Add("accelerating_voltage", [], One([camera.Kilovolts]));
        }
    }

    private void RequireRoom()
    {
        string target = Path.GetFullPath(_request.Out);
        string? folder = target;
        while (folder is not null && !Directory.Exists(folder))
        {
            folder = Path.GetDirectoryName(folder);
        }

        long free = new DriveInfo(folder ?? target).AvailableFreeSpace;
        if (free < Bytes + DiskToSpare)
        {
            throw new IOException(
                $"{target} needs {Bytes / 1e9:F1} GB, and {free / 1e9:F1} GB are free there; choose another place, or "
                + "fewer or smaller frames.");
        }
    }

    private static (int[] Frame, double Largest) Probe(SimulatedMicroscope microscope, GridShape grid)
    {
        double largest = 0;
        int[] frame = [];
        for (int i = 0; i < ProbedPerSide * ProbedPerSide; i++)
        {
            GridPoint point = new(
                i / ProbedPerSide * (grid.Rows - 1) / (ProbedPerSide - 1),
                i % ProbedPerSide * (grid.Columns - 1) / (ProbedPerSide - 1));
            Frame expected = microscope.FrameAt(point);
            foreach (float counts in expected.Counts.Span)
            {
                largest = Math.Max(largest, counts);
            }

            frame = expected is PatternFrame pattern
                ? [pattern.Shape.Rows, pattern.Shape.Columns]
                : [expected.Counts.Length];
        }

        return (frame, largest);
    }

    private static IEnumerable<ReadOnlyMemory<T>> One<T>(T[] values) => [values];
}
