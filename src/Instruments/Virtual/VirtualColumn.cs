using DklActors.Instruments.Ports;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Instruments.Virtual;

/// <summary>
/// Beam, place of the probe and running exposure under one lock, so that every electron is accounted for once:
/// whenever one of them changes, the time since the last change is first booked on the state that held.
/// </summary>
/// <remarks>
/// The probe's place is where the scan deflects it to. What lies there is another thing once the sample has drifted:
/// doses and stays are booked in coordinates of the sample.
/// </remarks>
internal sealed class VirtualColumn(GridShape grid, BeamCurrent current, DriftPath drift, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly double[] _electronsByPoint = new double[grid.Count];
    private double _totalElectrons;
    private TimeSpan _beamOnTime;
    private bool _isBlanked = true;
    private bool _isScanning;
    private ProbePosition _place = new((grid.Rows - 1) / 2.0, (grid.Columns - 1) / 2.0);
    private readonly long _start = time.GetTimestamp();
    private long _lastChange = time.GetTimestamp();
    private int _exposures;
    private RunningExposure? _exposure;
    private IBeam? _line;
    private bool _wasTakenAway;

    /// <summary>As read from the line, where there is one.</summary>
    public bool IsBlanked
    {
        get
        {
            lock (_gate)
            {
                return _line?.IsBlanked ?? _isBlanked;
            }
        }
    }

    /// <summary>Whether the line was blanked by somebody else since the beam was last unblanked.</summary>
    public bool WasTakenAway
    {
        get
        {
            lock (_gate)
            {
                return _wasTakenAway;
            }
        }
    }

    public ProbePosition Place
    {
        get
        {
            lock (_gate)
            {
                return _place;
            }
        }
    }

    /// <summary>How far the sample has moved in the image by now.</summary>
    public PixelShift Drift
    {
        get
        {
            lock (_gate)
            {
                return Drift_NeedsLock(time.GetTimestamp());
            }
        }
    }

    /// <summary>Puts a blanker outside between this column and its beam; nothing is done to it yet.</summary>
    public void Wire(IBeam line)
    {
        lock (_gate)
        {
            _line = line;
        }
    }

    /// <exception cref="InstrumentException">The line refused or did not answer.</exception>
    public void SetBlanked(bool blanked)
    {
        lock (_gate)
        {
            Book_NeedsLock();
            if (blanked)
            {
                _line?.Blank();
            }
            else
            {
                _line?.Unblank();
                _wasTakenAway = false;
            }

            _isBlanked = blanked;
        }
    }

    /// <summary>Blanks what was unblanked here and nothing else: others may be at work on the line.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            if (!_isBlanked)
            {
                SetBlanked(true);
            }
        }
    }

    /// <summary>Starts or ends a raster scan, which spreads the beam evenly over the grid.</summary>
    public void SetScanning(bool scanning)
    {
        lock (_gate)
        {
            Book_NeedsLock();
            _isScanning = scanning;
        }
    }

    public void MoveTo(ProbePosition target)
    {
        lock (_gate)
        {
            Book_NeedsLock();
            _place = target;
        }
    }

    /// <summary>Opens the shutter of the detector for <paramref name="dwell"/> from now.</summary>
    public void BeginExposure(TimeSpan dwell)
    {
        lock (_gate)
        {
            Book_NeedsLock();
            _exposures++;
            _exposure = new RunningExposure(_lastChange, dwell, []);
        }
    }

    /// <summary>Closes the shutter and tells where the beam stood meanwhile, and for how long.</summary>
    public IReadOnlyList<BeamStay> EndExposure()
    {
        lock (_gate)
        {
            Book_NeedsLock();
            IReadOnlyList<BeamStay> stays = _exposure?.Stays ?? [];
            _exposure = null;
            return stays;
        }
    }

    public DeliveredDose Delivered
    {
        get
        {
            lock (_gate)
            {
                Book_NeedsLock();
                return new DeliveredDose(grid, _electronsByPoint.ToArray(), _totalElectrons, _beamOnTime);
            }
        }
    }

    private void Book_NeedsLock()
    {
        long now = time.GetTimestamp();
        if (!_isBlanked)
        {
            TimeSpan elapsed = time.GetElapsedTime(_lastChange, now);
            // What moves meanwhile is less than a pixel, or the exposure would be no measurement of one.
            ProbePosition onSample = _place - Drift_NeedsLock(_lastChange + ((now - _lastChange) / 2));
            BookDose_NeedsLock(elapsed, onSample);
            BookExposure_NeedsLock(now, onSample);
            if (IsLineBlanked_NeedsLock())
            {
                // Since when, nobody knows: the time was booked as beam, and the exposure does not count.
                _isBlanked = true;
                _wasTakenAway = true;
            }
        }

        _lastChange = now;
    }

    private bool IsLineBlanked_NeedsLock()
    {
        try
        {
            return _line?.IsBlanked == true;
        }
        catch (InstrumentException)
        {
            // Not known to be blanked. Who blanks it next is told what is wrong.
            return false;
        }
    }

    private PixelShift Drift_NeedsLock(long now) => drift.At(time.GetElapsedTime(_start, now), _exposures);

    private void BookDose_NeedsLock(TimeSpan elapsed, ProbePosition onSample)
    {
        double electrons = current.ElectronsDuring(elapsed);
        _totalElectrons += electrons;
        _beamOnTime += elapsed;
        if (_isScanning)
        {
            double each = electrons / grid.Count;
            foreach (ref double point in _electronsByPoint.AsSpan())
            {
                point += each;
            }
        }
        else
        {
            _electronsByPoint[grid.IndexOf(grid.Clamp(onSample))] += electrons;
        }
    }

    private void BookExposure_NeedsLock(long now, ProbePosition onSample)
    {
        if (_exposure is null)
        {
            return;
        }

        // The detector stops by its own clock: what comes after the dwell reaches the sample but not the frame.
        TimeSpan from = time.GetElapsedTime(_exposure.Start, _lastChange);
        TimeSpan until = time.GetElapsedTime(_exposure.Start, now);
        until = until < _exposure.Dwell ? until : _exposure.Dwell;
        if (until > from)
        {
            _exposure.Stays.Add(new BeamStay(onSample, until - from));
        }
    }

    private sealed record RunningExposure(long Start, TimeSpan Dwell, List<BeamStay> Stays);
}
