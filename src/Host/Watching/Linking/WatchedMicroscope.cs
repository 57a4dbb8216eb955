using DklActors.Instruments.Ports;
using DklActors.Messages.Frames;
using DklActors.Messages.Units;

namespace DklActors.Host.Watching.Linking;

/// <summary>A microscope whose beam is on only while a watchdog guards it. The one within stays its maker's.</summary>
internal sealed class WatchedMicroscope(IMicroscope microscope, WatchedBlanker watched) : IMicroscope
{
    public string Description => microscope.Description;

    public IBeam Beam { get; } = new WatchedBeam(microscope.Beam, watched);

    public IProbe Probe => microscope.Probe;

    public IDetector Detector => microscope.Detector;

    public ISurvey Survey { get; } = new WatchedSurvey(microscope.Survey, microscope.Beam, watched);

    public ISampleStage? SampleStage => microscope.SampleStage;

    public EnergyAxis? EnergyAxis => microscope.EnergyAxis;

    public BeamCurrent BeamCurrent => microscope.BeamCurrent;

    public void Dispose()
    {
    }
}
