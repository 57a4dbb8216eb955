using DklActors.Instruments.Ports;
using DklActors.Messages.Frames;
using DklActors.Messages.Units;

namespace DklActors.Instruments.Remote.Asyncroscopy;

/// <summary>
/// A microscope behind the servers of asyncroscopy (pycroscopy/asyncroscopy): text commands to a central server, which
/// passes them to those of microscope and spectrometer.
/// </summary>
/// <remarks>
/// They read back neither the blanker nor the probe. So either a blanker of the lab does, or a person has to say that
/// it is to go without.
/// </remarks>
public sealed class AsyncroscopyMicroscope : IInstrument
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    private readonly AsyncroscopyOptions _options;
    private readonly AsyncroscopyLine _line;
    private readonly AsyncroscopyBeam _beam;
    private readonly List<string> _status = [];
    private bool _began;

    /// <param name="options">Where, and what it does not tell.</param>
    /// <param name="time">The clock of everything that waits.</param>
    /// <exception cref="MisfitException">It cannot do what is asked.</exception>
    /// <exception cref="InstrumentException">The servers do not answer.</exception>
    public AsyncroscopyMicroscope(AsyncroscopyOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        if (options.Size.Rows != options.Size.Columns)
        {
            throw new MisfitException("columns", "a scan of asyncroscopy is square");
        }

        _options = options;
        _line = new AsyncroscopyLine(options, time);
        _status.Add(_line.Send("AS_get_status", Deadline).Words);
        _status.Add(_line.Send("Gatan_get_status", Deadline).Words);
        EnergyAxis = new EnergyAxis(options.EnergyOrigin, options.EnergyDispersion, options.SpectrumSize);
        _beam = new AsyncroscopyBeam(options, _line);
        Probe = new AsyncroscopyProbe(options, _line);
        Detector = new AsyncroscopyDetector(options, _line, EnergyAxis);
        Survey = new AsyncroscopySurvey(options, _line, _beam);
        Facts = new InstrumentFacts(options.SpectrumSize, options.PixelSize, TimeSpan.Zero, TimeSpan.Zero);
    }

    public string Description => _options.ToString();

    public IBeam Beam => _beam;

    public IProbe Probe { get; }

    public IDetector Detector { get; }

    public ISurvey Survey { get; }

    /// <summary>None: these servers tell where the stage is (<c>get_stage</c>), and move it for nobody.</summary>
    public ISampleStage? SampleStage => null;

    public EnergyAxis EnergyAxis { get; }

    EnergyAxis? IMicroscope.EnergyAxis => EnergyAxis;

    public BeamCurrent BeamCurrent => _options.Current;

    public InstrumentFacts Facts { get; }

    public InstrumentPlaces Places => InstrumentPlaces.Everywhere;

    public IKnownTruth? Truth => null;

    public IReadOnlyList<IInstrumentCondition> Conditions => [];

    public Action<string>? Say { get; set; }

    /// <summary>These servers know of no one who commands.</summary>
    public Task BeginAsync(string run, CancellationToken cancellationToken)
    {
        _began = true;
        foreach (string warning in Warnings())
        {
            Say?.Invoke(warning);
        }

        return Task.CompletedTask;
    }

    public IReadOnlyList<string> Check()
    {
        _beam.Blank();
        return _beam.IsBlanked
            ? [.. Warnings()]
            : throw new InstrumentException(
                FaultClass.Permanent, "The beam was blanked and reads back as on. Look at the microscope.");
    }

    /// <summary>Blanks the beam of a run that has begun.</summary>
    public void Dispose()
    {
        if (_began)
        {
            _began = false;
            _beam.Blank();
        }
    }

    private IEnumerable<string> Warnings()
    {
        if (_options.Blanker is null)
        {
            yield return "Nothing reads the beam back: that it is blanked is what the server answered, and no more. "
                + "Name a blanker that reads back with microscope.blanker.";
        }

        yield return "Nothing reads the probe back: a point is where it was sent.";
        yield return $"The dwell is what the spectrometer is set to; {_options.Dwell.TotalMilliseconds:G4} ms of the "
            + "recipe are not told to it. The beam is on until a spectrum is here.";
        foreach (string status in _status.Where(
            static status => !status.Contains("Ready", StringComparison.OrdinalIgnoreCase)))
        {
            yield return $"asyncroscopy says: {status}.";
        }
    }
}
