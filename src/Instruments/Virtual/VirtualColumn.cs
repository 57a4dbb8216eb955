using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Instruments.Virtual;

/// <summary>
/// Beam, place of the probe and running exposure under one lock, so that every electron is accounted for once:
/// whenever one of them changes, the time since the last change is first booked on the state that held.
/// </summary>
internal sealed class VirtualColumn(GridShape grid, BeamCurrent current, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly double[] electronsByPoint = new double[grid.Count];
    private double totalElectrons;
    private TimeSpan beamOnTime;
    private bool isBlanked = true;
    private bool isScanning;
    private ProbePosition place = new((grid.Rows - 1) / 2.0, (grid.Columns - 1) / 2.0);
    private long lastChange = time.GetTimestamp();
    private RunningExposure? exposure;

    public bool IsBlanked
    {
        get
        {
            lock (gate)
            {
                return isBlanked;
            }
        }
    }

    public ProbePosition Place
    {
        get
        {
            lock (gate)
            {
                return place;
            }
        }
    }

    public void SetBlanked(bool blanked)
    {
        lock (gate)
        {
            Book_NeedsLock();
            isBlanked = blanked;
        }
    }

    /// <summary>Starts or ends a raster scan, which spreads the beam evenly over the grid.</summary>
    public void SetScanning(bool scanning)
    {
        lock (gate)
        {
            Book_NeedsLock();
            isScanning = scanning;
        }
    }

    public void MoveTo(ProbePosition target)
    {
        lock (gate)
        {
            Book_NeedsLock();
            place = target;
        }
    }

    /// <summary>Opens the shutter of the detector for <paramref name="dwell"/> from now.</summary>
    public void BeginExposure(TimeSpan dwell)
    {
        lock (gate)
        {
            Book_NeedsLock();
            exposure = new RunningExposure(lastChange, dwell, []);
        }
    }

    /// <summary>Closes the shutter and tells where the beam stood meanwhile, and for how long.</summary>
    public IReadOnlyList<BeamStay> EndExposure()
    {
        lock (gate)
        {
            Book_NeedsLock();
            IReadOnlyList<BeamStay> stays = exposure?.Stays ?? [];
            exposure = null;
            return stays;
        }
    }

    public DeliveredDose Delivered
    {
        get
        {
            lock (gate)
            {
                Book_NeedsLock();
                return new DeliveredDose(grid, electronsByPoint.ToArray(), totalElectrons, beamOnTime);
            }
        }
    }

    private void Book_NeedsLock()
    {
        long now = time.GetTimestamp();
        if (!isBlanked)
        {
            TimeSpan elapsed = time.GetElapsedTime(lastChange, now);
            BookDose_NeedsLock(elapsed);
            BookExposure_NeedsLock(now);
        }

        lastChange = now;
    }

    private void BookDose_NeedsLock(TimeSpan elapsed)
    {
        double electrons = current.ElectronsDuring(elapsed);
        totalElectrons += electrons;
        beamOnTime += elapsed;
        if (isScanning)
        {
            double each = electrons / grid.Count;
            foreach (ref double point in electronsByPoint.AsSpan())
            {
                point += each;
            }
        }
        else
        {
            electronsByPoint[grid.IndexOf(grid.Clamp(place))] += electrons;
        }
    }

    private void BookExposure_NeedsLock(long now)
    {
        if (exposure is null)
        {
            return;
        }

        // The detector stops by its own clock: what comes after the dwell reaches the sample but not the frame.
        TimeSpan from = time.GetElapsedTime(exposure.Start, lastChange);
        TimeSpan until = time.GetElapsedTime(exposure.Start, now);
        until = until < exposure.Dwell ? until : exposure.Dwell;
        if (until > from)
        {
            exposure.Stays.Add(new BeamStay(place, until - from));
        }
    }

    private sealed record RunningExposure(long Start, TimeSpan Dwell, List<BeamStay> Stays);
}
