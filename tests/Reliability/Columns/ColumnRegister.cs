using System.IO.MemoryMappedFiles;
using DklActors.Messages.Geometry;

namespace DklActors.Reliability.Columns;

/// <summary>
/// The electron column as hardware: a register in a file that processes map, and which stays as it is when one dies.
/// Written by the process that drives it, read by whoever wants to know.
/// </summary>
/// <remarks>
/// The instrument has a timer of its own: it was told the longest time when it was armed, and what is on for longer
/// is off, whoever is alive. So the beam's state follows from what was written and from the clock, and nobody has to
/// play the timer. The clock is the machine's monotonic one, the same in all processes.
/// </remarks>
internal sealed class ColumnRegister : IDisposable
{
    private const int MostShots = 4096;
    private const int HeaderBytes = 64;
    private const int ShotBytes = 64;
    private const int CountAt = 0;
    private const int AcknowledgedAt = 8;
    private const int DriverAt = 16;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly Lock _gate = new();

    private ColumnRegister(MemoryMappedFile file)
    {
        _file = file;
        _view = file.CreateViewAccessor(0, HeaderBytes + (MostShots * ShotBytes));
    }

    /// <summary>Appends that the present process has been told of: how far it has come.</summary>
    public long Acknowledged
    {
        get => _view.ReadInt64(AcknowledgedAt);
        set => _view.Write(AcknowledgedAt, value);
    }

    /// <summary>Which process of the run drives the column, from 1.</summary>
    public int Driver
    {
        get => _view.ReadInt32(DriverAt);
        set => _view.Write(DriverAt, value);
    }

    public int Count => (int)_view.ReadInt64(CountAt);

    public IReadOnlyList<Shot> Shots => [.. Enumerable.Range(0, Count).Select(Read)];

    public bool IsOn => Count is > 0 and int count && Read(count - 1).IsOnAt(TimeProvider.System.GetTimestamp());

    public static ColumnRegister Open(string path) => new(MemoryMappedFile.CreateFromFile(
        path, FileMode.OpenOrCreate, mapName: null, HeaderBytes + (MostShots * ShotBytes)));

    public void Unblank(int process, int point, int attempt, GridPoint place, TimeSpan longest)
    {
        lock (_gate)
        {
            int count = Count;
            long at = HeaderBytes + (count * (long)ShotBytes);
            if (count == MostShots)
            {
                throw new InvalidOperationException($"The register holds no more than {MostShots} shots.");
            }

            _view.Write(at, process);
            _view.Write(at + 4, point);
            _view.Write(at + 8, attempt);
            _view.Write(at + 12, place.Row);
            _view.Write(at + 16, place.Column);
            _view.Write(at + 24, TimeProvider.System.GetTimestamp());
            _view.Write(at + 32, longest.Ticks);
            // From here on the beam is on.
            Interlocked.MemoryBarrier();
            _view.Write(CountAt, count + 1L);
        }
    }

    /// <summary>Blanks; nothing where the beam is off, whoever turned it off.</summary>
    /// <returns>Whether it was on.</returns>
    public bool Blank(int process)
    {
        lock (_gate)
        {
            if (!IsOn)
            {
                return false;
            }

            long at = HeaderBytes + ((Count - 1) * (long)ShotBytes);
            _view.Write(at + 48, process);
            Interlocked.MemoryBarrier();
            _view.Write(at + 40, TimeProvider.System.GetTimestamp());
            return true;
        }
    }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }

    private Shot Read(int index)
    {
        long at = HeaderBytes + (index * (long)ShotBytes);
        return new Shot(
            _view.ReadInt32(at),
            _view.ReadInt32(at + 4),
            _view.ReadInt32(at + 8),
            new GridPoint(_view.ReadInt32(at + 12), _view.ReadInt32(at + 16)),
            _view.ReadInt64(at + 24),
            new TimeSpan(_view.ReadInt64(at + 32)),
            _view.ReadInt64(at + 40),
            _view.ReadInt32(at + 48));
    }
}
