using DklActors.Messages.Frames;
using DklActors.Messages.Units;

namespace DklActors.Instruments.Ports;

/// <summary>One instrument: its ports, and what it says of itself.</summary>
public interface IMicroscope : IDisposable
{
    /// <summary>A line for people: kind, data file or address.</summary>
    string Description { get; }

    IBeam Beam { get; }

    IProbe Probe { get; }

    IDetector Detector { get; }

    ISurvey Survey { get; }

    /// <summary>What takes the sample elsewhere; null where the stage cannot be moved from here.</summary>
    ISampleStage? SampleStage { get; }

    /// <summary>Energy axis of the spectra, or null when the detector takes patterns.</summary>
    EnergyAxis? EnergyAxis { get; }

    BeamCurrent BeamCurrent { get; }
}
