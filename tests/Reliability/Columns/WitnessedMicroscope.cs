using DklActors.Instruments.Ports;
using DklActors.Instruments.Virtual;
using DklActors.Messages.Exposure;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;
using DklActors.Reliability.Failpoints;
using DklActors.Reliability.Witnesses;

namespace DklActors.Reliability.Columns;

/// <summary>
/// A virtual microscope whose column is the register, so that the beam outlives the process; and at which the process
/// can die.
/// </summary>
internal sealed class WitnessedMicroscope : IMicroscope, IBeam, IProbe, IDetector, ISurvey
{
    private readonly VirtualMicroscope _inner;
    private readonly ColumnRegister _register;
    private readonly ArmedFailpoint _failpoint;
    private readonly Witness _witness;
    private ExposureLease? _armed;
    private bool _isScanning;

    public WitnessedMicroscope(
        VirtualMicroscope inner, ColumnRegister register, ArmedFailpoint failpoint, Witness witness)
    {
        _inner = inner;
        _register = register;
        _failpoint = failpoint;
        _witness = witness;
    }

    public string Description => _inner.Description;

    public IBeam Beam => this;

    public IProbe Probe => this;

    public IDetector Detector => this;

    public ISurvey Survey => this;

    public ISampleStage? SampleStage => _inner.SampleStage;

    public EnergyAxis? EnergyAxis => _inner.EnergyAxis;

    public BeamCurrent BeamCurrent => _inner.BeamCurrent;

    public GridShape ScanWindow => _inner.Probe.ScanWindow;

    public TimeSpan Duration => _inner.Survey.Duration;

    public bool IsBlanked
    {
        get
        {
            bool isBlanked = !_register.IsOn && _inner.Beam.IsBlanked;
            if (isBlanked)
            {
                _witness.Blanked();
            }

            return isBlanked;
        }
    }

    public void Unblank()
    {
        _failpoint.Pass(Failpoint.UnblankBefore);
        ExposureLease? lease = _armed;
        _register.Unblank(
            _witness.Process,
            lease?.Point.Value ?? Shot.NoPoint,
            lease?.Attempt ?? 0,
            _inner.TruePlace.NearestPixel,
            lease?.LongestWallTime ?? TimeSpan.MaxValue);
        _inner.Beam.Unblank();
        _failpoint.Pass(Failpoint.UnblankAfter);
    }

    public void Blank()
    {
        // A failpoint only where there is something to blank: the beam is blanked far more often than it is on.
        bool isOn = _register.IsOn && !_isScanning;
        if (isOn)
        {
            _failpoint.Pass(Failpoint.BlankBefore);
        }

        _inner.Beam.Blank();
        _register.Blank(_witness.Process);
        if (isOn)
        {
            _failpoint.Pass(Failpoint.BlankAfter);
        }
    }

    public async ValueTask ArmAsync(ExposureLease lease, CancellationToken cancellationToken)
    {
        await _inner.Detector.ArmAsync(lease, cancellationToken).ConfigureAwait(false);
        _armed = lease;
    }

    public async ValueTask ExposeAsync(ExposureLease lease, CancellationToken cancellationToken)
    {
        ValueTask exposing = _inner.Detector.ExposeAsync(lease, cancellationToken);
        await _failpoint.PassDuringAsync(Failpoint.ExposureDuring, lease.Dwell / 2).ConfigureAwait(false);
        await exposing.ConfigureAwait(false);
    }

    public async ValueTask<Frame> ReadOutAsync(ExposureLease lease, CancellationToken cancellationToken)
    {
        // The lease is used up: who unblanks again has to arm again.
        _armed = null;
        ValueTask<Frame> reading = _inner.Detector.ReadOutAsync(lease, cancellationToken);
        await _failpoint.PassDuringAsync(Failpoint.ReadOutDuring, TimeSpan.Zero).ConfigureAwait(false);
        return await reading.ConfigureAwait(false);
    }

    public async ValueTask MoveAsync(ProbePosition target, CancellationToken cancellationToken)
    {
        ValueTask moving = _inner.Probe.MoveAsync(target, cancellationToken);
        await _failpoint.PassDuringAsync(Failpoint.MoveDuring, TimeSpan.Zero).ConfigureAwait(false);
        await moving.ConfigureAwait(false);
    }

    public ValueTask<ProbePosition> ReadBackAsync(CancellationToken cancellationToken) =>
        _inner.Probe.ReadBackAsync(cancellationToken);

    public async ValueTask<StructuralImage> AcquireAsync(CancellationToken cancellationToken)
    {
        _failpoint.Pass(Failpoint.ScanBefore);
        _isScanning = true;
        // A scan engine blanks at the end of its frame, whoever is alive.
        _register.Unblank(_witness.Process, Shot.ScanPoint, 0, default, Duration);
        try
        {
            ValueTask<StructuralImage> scanning = _inner.Survey.AcquireAsync(cancellationToken);
            await _failpoint.PassDuringAsync(Failpoint.ScanDuring, Duration / 2).ConfigureAwait(false);
            return await scanning.ConfigureAwait(false);
        }
        finally
        {
            _register.Blank(_witness.Process);
            _isScanning = false;
            _failpoint.Pass(Failpoint.ScanAfter);
        }
    }

    /// <summary>Blanks the beam. The microscope that is wrapped is the run's to dispose of.</summary>
    public void Dispose() => Blank();
}
