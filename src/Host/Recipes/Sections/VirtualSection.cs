using DklActors.Instruments.Virtual;
using DklActors.Messages.Units;

namespace DklActors.Host.Recipes.Sections;

/// <summary>A microscope without hardware, and its clockwork.</summary>
public abstract record VirtualSection : MicroscopeSection
{
    public required BeamCurrent BeamCurrent { get; init; }

    /// <summary>Wait between a confirmed probe position and the exposure.</summary>
    public required TimeSpan Settle { get; init; }

    /// <summary>Time the detector needs after an exposure before the frame is there.</summary>
    public required TimeSpan Readout { get; init; }

    /// <summary>Time that taking the structural image needs.</summary>
    public required TimeSpan Survey { get; init; }

    /// <summary>Standard deviation, in px, of where the probe lands around the requested position.</summary>
    public required double PlacementErrorPx { get; init; }

    /// <summary>Standard deviation, in px, of the position read back around the true one.</summary>
    public required double ReadBackNoisePx { get; init; }

    /// <summary>Constant displacement of the probe along the rows, in px.</summary>
    public required double OffsetRowPx { get; init; }

    /// <summary>Constant displacement of the probe along the columns, in px.</summary>
    public required double OffsetColumnPx { get; init; }

    /// <summary>How the sample moves under the scan.</summary>
    public SampleDrift Drift { get; init; } = SampleDrift.None;

    /// <summary>Noise that each scan of the structural image adds, in standard deviations of the image.</summary>
    public double SurveyNoise { get; init; }
}
