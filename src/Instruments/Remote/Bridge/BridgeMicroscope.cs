using System.Text.Json;
using DklActors.Instruments.Ports;
using DklActors.Instruments.Remote.Bridge.Linking;
using DklActors.Instruments.Remote.Bridge.Speaking;
using DklActors.Messages.Frames;
using DklActors.Messages.Units;

namespace DklActors.Instruments.Remote.Bridge;

/// <summary>
/// A microscope behind a bridge, docs/bridge-protocol.md. Made, it has looked and changed nothing; it commands from
/// <see cref="BeginAsync"/> on.
/// </summary>
public sealed class BridgeMicroscope : IInstrument
{
    private const string Protocol = "dkl-bridge";
    private const int Version = 1;

    // A current that was given and one that is measured may differ by so much before a person is told.
    private const double CurrentTolerance = 0.1;

    private static readonly TimeSpan LookDeadline = TimeSpan.FromSeconds(5);

    private readonly BridgeOptions _options;
    private readonly TimeProvider _time;
    private readonly BridgeCaller _caller;
    private readonly BridgeClient _client;
    private readonly BridgeLink _link;
    private readonly BridgeDetector _detector;
    private readonly BridgeSurvey _survey;
    private readonly BridgeBeam _beam;
    private readonly BridgeState _state;
    private bool _disposed;

    /// <param name="options">Which bridge, and what is asked of it.</param>
    /// <param name="time">The clock of everything that waits.</param>
    /// <exception cref="MisfitException">The microscope has not or does not allow what is asked.</exception>
    /// <exception cref="InstrumentException">The bridge does not answer, or not as the protocol says.</exception>
    public BridgeMicroscope(BridgeOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        _options = options;
        _time = time;
        _caller = new BridgeCaller(options, time);
        BridgeClient? client = null;
        try
        {
            JsonElement identity = _caller.Call(BridgeRequest.Get("/v1"), LookDeadline);
            RequireProtocol(identity);
            var capabilities = BridgeCapabilities.Of(
                options.Address, _caller.Call(BridgeRequest.Get("/v1/capabilities"), LookDeadline));
            _state = BridgeState.Of(options.Address, _caller.Call(BeamRequests.State, LookDeadline));
            if (BridgeFit.ProblemOf(options, capabilities) is var (key, problem))
            {
                throw new MisfitException(key, problem);
            }

            DetectorFacts facts = capabilities.Find(options.Detector)!;
            EnergyAxis = AxisOf(options, facts);
            _link = new BridgeLink(options, _caller, capabilities, _state, time, text => Say?.Invoke(text));
            if (options.Current is null && _link.Current is null)
            {
                throw new MisfitException("beamCurrent", "the microscope does not measure its current, and the dose "
                    + "cannot be counted without");
            }

            client = _client = new BridgeClient(options, time);
            _beam = new BridgeBeam(_caller, _link, time);
            Probe = new BridgeProbe(options, client, _link, time);
            _detector = new BridgeDetector(options, client, _link, _beam, facts, EnergyAxis, time);
            _survey = new BridgeSurvey(options, client, _link, _beam, time);
            SampleStage = capabilities.Stage is { } limits
                ? new BridgeStage(options, client, _link, limits, time)
                : null;
            Facts = new InstrumentFacts(facts.Count, options.PixelSize, capabilities.Settle, facts.ReadOut);
            Description = $"{identity.FindText("name") ?? "bridge"} at {options.Address.Authority}: "
                + $"{identity.FindText("instrument") ?? "no description"}";
        }
        catch
        {
            client?.Dispose();
            _caller.Dispose();
            throw;
        }
    }

    public string Description { get; }

    public IBeam Beam => _beam;

    public IProbe Probe { get; }

    public IDetector Detector => _detector;

    public ISurvey Survey => _survey;

    public ISampleStage? SampleStage { get; }

    public EnergyAxis? EnergyAxis { get; }

    /// <summary>As the recipe says, else as the instrument measured it last.</summary>
    public BeamCurrent BeamCurrent => _options.Current ?? _link.Current!.Value;

    public InstrumentFacts Facts { get; }

    public InstrumentPlaces Places => InstrumentPlaces.Everywhere;

    public IKnownTruth? Truth => null;

    public IReadOnlyList<IInstrumentCondition> Conditions => _link.Conditions;

    public Action<string>? Say { get; set; }

    public Task BeginAsync(string run, CancellationToken cancellationToken)
    {
        _detector.Begin(run);
        _survey.Begin(run);
        return _link.BeginAsync(cancellationToken);
    }

    public IReadOnlyList<string> Check()
    {
        List<string> warnings = [.. Warnings()];
        if (_state.Commander is { } commander)
        {
            warnings.Add(
                $"{commander} commands the microscope: a run would wait for it and fail. Its blanker was not tried.");
            return warnings;
        }

        _beam.Blank();
        return _beam.IsBlanked
            ? warnings
            : throw new InstrumentException(
                FaultClass.Permanent, "The beam was blanked and reads back as on. Look at the microscope.");
    }

    /// <summary>Blanks the beam and gives the microscope back.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _link.Dispose();
            _client.Dispose();
            _caller.Dispose();
        }
    }

    private IEnumerable<string> Warnings()
    {
        if (_state.Alarm is { } alarm)
        {
            yield return $"THE BEAM COULD NOT BE BLANKED: {alarm}. Nothing is exposed until a person has cleared that.";
        }

        foreach (string condition in _state.Conditions)
        {
            yield return $"The microscope says: {condition}. Nothing is exposed while it does.";
        }

        if (BridgeClock.Difference(_state, _time) is { } apart && apart.Duration() > BridgeClock.Tolerance)
        {
            yield return BridgeClock.Words(_options.Address, apart);
        }

        if (_options.Current is not { } given)
        {
            yield break;
        }

        if (_link.Current is not { } measured)
        {
            yield return $"The microscope does not measure its current: the dose is counted by {given} of the recipe.";
        }
        else if (Math.Abs(given.Picoampere - measured.Picoampere) > CurrentTolerance * measured.Picoampere)
        {
            yield return $"The microscope measures {measured}, and the dose is counted by {given} of the recipe.";
        }
    }

    private void RequireProtocol(JsonElement identity)
    {
        if (identity.FindText("protocol") != Protocol)
        {
            throw BridgeException.Wrong(_options.Address, "it is no bridge's; check microscope.address");
        }

        if (identity.FindNumber("version") != Version)
        {
            throw BridgeException.Wrong(
                _options.Address,
                $"it speaks version {identity.FindNumber("version")} of the protocol, and this program {Version}; "
                + "use a bridge of the same version");
        }
    }

    private static EnergyAxis? AxisOf(BridgeOptions options, DetectorFacts facts)
    {
        if (!facts.IsSpectrum)
        {
            return null;
        }

        var (origin, dispersion) = options.Energy ?? facts.Energy
            ?? throw new MisfitException(
                "energyOrigin", $"detector {facts.Id} does not say the energies of its channels");
        return dispersion.Value > 0
            ? new EnergyAxis(origin, dispersion, facts.Shape[0])
            : throw new MisfitException("energyDispersion", $"detector {facts.Id} has channels of {dispersion}");
    }
}
