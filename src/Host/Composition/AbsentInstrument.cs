using DklActors.Instruments.Ports;
using DklActors.Messages.Frames;
using DklActors.Messages.Units;

namespace DklActors.Host.Composition;

/// <summary>The instrument of a run that is looked at from its folder: none is asked.</summary>
/// <param name="description">A line for people.</param>
internal sealed class AbsentInstrument(string description) : IInstrument
{
    public string Description => description;

    public IBeam Beam => throw Absent();

    public IProbe Probe => throw Absent();

    public IDetector Detector => throw Absent();

    public ISurvey Survey => throw Absent();

    public ISampleStage? SampleStage => throw Absent();

    public EnergyAxis? EnergyAxis => null;

    public BeamCurrent BeamCurrent => throw Absent();

    public InstrumentFacts Facts => throw Absent();

    public InstrumentPlaces Places => InstrumentPlaces.Everywhere;

    public IKnownTruth? Truth => null;

    public IReadOnlyList<IInstrumentCondition> Conditions => [];

    public Action<string>? Say { get; set; }

    public Task BeginAsync(string run, CancellationToken cancellationToken) => throw Absent();

    public IReadOnlyList<string> Check() => throw Absent();

    public void Dispose()
    {
    }

    private InstrumentException Absent() => new(
        FaultClass.Permanent, $"{description}: the run is looked at from its folder, and the microscope is not asked.");
}
