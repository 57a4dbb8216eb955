using DklActors.Instruments.Ports;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Instruments.Virtual;

/// <summary>
/// A microscope without hardware: one implementation of timing, probe errors, counting noise and beam accounting
/// over any source of frames.
/// </summary>
public abstract class VirtualMicroscope : IInstrument, IKnownTruth
{
    private readonly IFrameSource _source;
    private readonly VirtualColumn _column;
    private readonly TimeSpan _truthDwell;

    /// <param name="source">The sample's answer.</param>
    /// <param name="image">The structural image on the source's grid.</param>
    /// <param name="settings">Everything else.</param>
    /// <param name="timing">Durations.</param>
    /// <param name="time">Waits and measures beam-on time.</param>
    private protected VirtualMicroscope(
        IFrameSource source, StructuralImage image, VirtualSettings settings, VirtualTiming timing, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(timing);
        ArgumentNullException.ThrowIfNull(time);
        timing.Validate();
        settings.Errors.Validate();
        settings.Drift.Validate();
        _source = source;
        _truthDwell = settings.TruthDwell;
        BeamCurrent = settings.Current;
        PixelSize = image.PixelSize;
        _column = new VirtualColumn(source.Grid, settings.Current, new DriftPath(settings.Drift, settings.Seed), time);
        Beam = new VirtualBeam(_column);
        Probe = new VirtualProbe(_column, source.Grid, settings.Errors, settings.Seed, timing.Settle, time);
        Detector = new VirtualDetector(_column, source, settings.Seed, timing.Readout, time);
        Survey = new VirtualSurvey(
            _column, image, settings.SurveyNoise, settings.Seed, timing.Survey, time);
        Facts = new InstrumentFacts(source.FrameLength, image.PixelSize, timing.Settle, timing.Readout);
    }

    public abstract string Description { get; }

    /// <summary>The blanker, which also knows the dose delivered.</summary>
    public VirtualBeam Beam { get; }

    IBeam IMicroscope.Beam => Beam;

    public IProbe Probe { get; }

    public IDetector Detector { get; }

    public ISurvey Survey { get; }

    /// <summary>
    /// None: a virtual microscope has one field, and another one is another sample or data set. It is made anew in each
    /// process, so that no position of a stage would outlive the process that moved it.
    /// </summary>
    public ISampleStage? SampleStage => null;

    public EnergyAxis? EnergyAxis => _source.EnergyAxis;

    public BeamCurrent BeamCurrent { get; }

    public InstrumentFacts Facts { get; }

    public InstrumentPlaces Places => new(Sites, SiteExtent, SeedPoints);

    IKnownTruth? IInstrument.Truth => this;

    public IReadOnlyList<IInstrumentCondition> Conditions => [];

    public Action<string>? Say { get; set; }

    /// <summary>Edge of a pixel of the structural image, known before any survey.</summary>
    public Nanometre PixelSize { get; }

    /// <summary>Number of counts in one frame.</summary>
    public int FrameLength => _source.FrameLength;

    /// <summary>Where the probe truly is in the scan; the read-back may differ.</summary>
    public ProbePosition TruePlace => _column.Place;

    /// <summary>How far the sample has truly moved in the structural image by now.</summary>
    public PixelShift TrueDrift => _column.Drift;

    public abstract bool IsNoiseFree { get; }

    /// <summary>The pixels where there is something to measure; null for every pixel.</summary>
    public virtual IReadOnlyList<GridPoint>? Sites => null;

    /// <summary>Pixels of the image that one measurement stands for, about its site.</summary>
    public virtual GridShape SiteExtent => new(1, 1);

    /// <summary>Points to begin with that came with the sample; empty where none did.</summary>
    public virtual IReadOnlyList<GridPoint> SeedPoints => [];

    public virtual Frame FrameAt(GridPoint point) => FrameAt(point, _source);

    /// <inheritdoc/>
    /// <remarks>Of one nominal dwell.</remarks>
    public Frame MeasuredAt(GridPoint point, long seed)
    {
        SeededStream random = SeededStream.Of(seed, "sample").With(point.Row).With(point.Column);
        return _source.ToMeasuredFrame(ExpectedAt(point, _source), ref random);
    }

    /// <summary>
    /// Puts a blanker that other processes reach too in the place of the one within: each blanking, unblanking and
    /// read-back goes through it from now on. Nothing is done to the beam yet.
    /// </summary>
    public void Wire(IBeam blanker)
    {
        ArgumentNullException.ThrowIfNull(blanker);
        _column.Wire(blanker);
    }

    /// <summary>Does nothing: a virtual microscope is its maker's alone.</summary>
    public Task BeginAsync(string run, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Touches nothing: others may be at work on a blanker outside.</summary>
    public IReadOnlyList<string> Check() => [];

    /// <summary>Blanks the beam, if it was unblanked here, and closes what the frames come from.</summary>
    /// <exception cref="InstrumentException">The blanker did not answer.</exception>
    public void Dispose()
    {
        try
        {
            _column.Leave();
        }
        finally
        {
            Close();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Closes what the frames come from; may be called twice.</summary>
    private protected virtual void Close()
    {
    }

    private protected Frame FrameAt(GridPoint point, IFrameSource source) => source.ToFrame(ExpectedAt(point, source));

    private float[] ExpectedAt(GridPoint point, IFrameSource source)
    {
        // Throws for a point off the grid, which AddExpected would take to the rim.
        _ = source.Grid.IndexOf(point);
        float[] expected = new float[source.FrameLength];
        source.AddExpected(point.Centre, _truthDwell, _truthDwell, expected);
        return expected;
    }
}
