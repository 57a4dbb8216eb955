using DklActors.Instruments.Ports;
using DklActors.Messages.Frames;
using DklActors.Messages.Units;

namespace DklActors.Host.Composition;

/// <summary>
/// A microscope whose beam is not asked for while something speaks against measuring, without using up an attempt. The
/// one within stays its maker's.
/// </summary>
internal sealed class HeldMicroscope : IMicroscope
{
    private readonly IInstrument _instrument;

    private HeldMicroscope(IInstrument instrument)
    {
        _instrument = instrument;
        Beam = new HeldBeam(instrument);
    }

    public string Description => _instrument.Description;

    public IBeam Beam { get; }

    public IProbe Probe => _instrument.Probe;

    public IDetector Detector => _instrument.Detector;

    public ISurvey Survey => _instrument.Survey;

    public ISampleStage? SampleStage => _instrument.SampleStage;

    public EnergyAxis? EnergyAxis => _instrument.EnergyAxis;

    public BeamCurrent BeamCurrent => _instrument.BeamCurrent;

    /// <summary>The instrument itself where nothing can speak against measuring.</summary>
    public static IMicroscope Of(IInstrument instrument) =>
        instrument.Conditions.Count == 0 ? instrument : new HeldMicroscope(instrument);

    public void Dispose()
    {
    }
}
