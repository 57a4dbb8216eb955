using DklActors.Instruments.Ports;
using DklActors.Messages.Exposure;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Actors.Tests.Support;

/// <summary>A microscope in front of another one, whose ports a test lets fail.</summary>
internal sealed class FaultyMicroscope : IMicroscope, IBeam, IProbe, IDetector, ISurvey
{
    private readonly IMicroscope _inner;

    public FaultyMicroscope(IMicroscope inner)
    {
        _inner = inner;
        Duration = inner.Survey.Duration;
        SampleStage = inner.SampleStage;
    }

    /// <summary>Called instead of moving; call the action to move after all.</summary>
    public Func<ProbePosition, Func<Task>, Task> OnMove { get; set; } = (_, move) => move();

    public Func<ProbePosition, ProbePosition> OnReadBack { get; set; } = place => place;

    public Func<ExposureLease, Func<Task>, Task> OnExpose { get; set; } = (_, expose) => expose();

    public Func<ExposureLease, Frame, Frame> OnReadOut { get; set; } = (_, frame) => frame;

    /// <summary>Awaited before reading out.</summary>
    public Func<ExposureLease, Task> BeforeReadOut { get; set; } = _ => Task.CompletedTask;

    /// <summary>Called instead of the survey; call the function to take the image after all.</summary>
    public Func<Func<Task<StructuralImage>>, Task<StructuralImage>> OnSurvey { get; set; } = survey => survey();

    /// <summary>Called whenever the beam current is asked for.</summary>
    public Action OnBeamCurrent { get; set; } = () => { };

    public Func<bool> RefusesToBlank { get; set; } = () => false;

    public List<ExposureLease> Exposed { get; } = [];

    public string Description => _inner.Description;

    public IBeam Beam => this;

    public IProbe Probe => this;

    public IDetector Detector => this;

    public ISurvey Survey => this;

    public ISampleStage? SampleStage { get; set; }

    /// <summary>Of a survey, as stated.</summary>
    public TimeSpan Duration { get; set; }

    public EnergyAxis? EnergyAxis => _inner.EnergyAxis;

    public BeamCurrent BeamCurrent
    {
        get
        {
            OnBeamCurrent();
            return _inner.BeamCurrent;
        }
    }

    public bool IsBlanked => _inner.Beam.IsBlanked;

    public GridShape ScanWindow => _inner.Probe.ScanWindow;

    public void Unblank() => _inner.Beam.Unblank();

    public void Blank()
    {
        if (!RefusesToBlank())
        {
            _inner.Beam.Blank();
        }
    }

    public ValueTask MoveAsync(ProbePosition target, CancellationToken cancellationToken) =>
        new(OnMove(target, () => _inner.Probe.MoveAsync(target, cancellationToken).AsTask()));

    public async ValueTask<ProbePosition> ReadBackAsync(CancellationToken cancellationToken) =>
        OnReadBack(await _inner.Probe.ReadBackAsync(cancellationToken));

    public ValueTask ArmAsync(ExposureLease lease, CancellationToken cancellationToken) =>
        _inner.Detector.ArmAsync(lease, cancellationToken);

    public async ValueTask ExposeAsync(ExposureLease lease, CancellationToken cancellationToken)
    {
        Exposed.Add(lease);
        await OnExpose(lease, () => _inner.Detector.ExposeAsync(lease, cancellationToken).AsTask());
    }

    public async ValueTask<Frame> ReadOutAsync(ExposureLease lease, CancellationToken cancellationToken)
    {
        await BeforeReadOut(lease);
        return OnReadOut(lease, await _inner.Detector.ReadOutAsync(lease, cancellationToken));
    }

    public async ValueTask<StructuralImage> AcquireAsync(CancellationToken cancellationToken) =>
        await OnSurvey(() => _inner.Survey.AcquireAsync(cancellationToken).AsTask());

    public void Dispose()
    {
    }
}
