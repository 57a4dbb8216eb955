using DklActors.Instruments.Ports;
using DklActors.Messages.Frames;
using DklActors.Messages.Units;
using DklActors.Simulation.Faults;

namespace DklActors.Simulation.Instruments;

/// <summary>An instrument whose every port can fail, over a column that knows what really happens.</summary>
internal sealed class SimulatedMicroscope(Specimen specimen, Column column, FaultPlan faults, TimeProvider time)
    : IMicroscope
{
    public string Description => "simulated, with faults";

    public IBeam Beam => column;

    public IProbe Probe { get; } = new SimulatedProbe(column, faults, time);

    public IDetector Detector { get; } = new SimulatedDetector(specimen, column, faults, time);

    public ISurvey Survey { get; } = new SimulatedSurvey(specimen, column, faults, time);

    public ISampleStage? SampleStage => null;

    public EnergyAxis? EnergyAxis => Specimen.Axis;

    public BeamCurrent BeamCurrent => faults.Happens(FaultKind.BeamCurrentFails)
        ? throw new InstrumentException(FaultClass.Transient, FaultPlan.Injected(FaultKind.BeamCurrentFails))
        : Specimen.Current;

    public void Dispose()
    {
    }
}
