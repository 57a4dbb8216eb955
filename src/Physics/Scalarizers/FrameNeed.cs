namespace DklActors.Physics.Scalarizers;

/// <summary>What kind of frame a scalarizer takes.</summary>
public enum FrameNeed
{
    /// <summary>Spectra with an energy axis.</summary>
    Spectrum,

    /// <summary>Diffraction patterns.</summary>
    Pattern,

    /// <summary>Numbers that were computed before.</summary>
    Value,

    /// <summary>Whatever the detector gives.</summary>
    Any,
}
