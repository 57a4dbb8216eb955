namespace DklActors.Physics.Scalarizers.Parameters;

/// <summary>Units in which scalarizers are told numbers.</summary>
public enum NumberUnit
{
    /// <summary>A bare number.</summary>
    None,

    /// <summary>An energy, eV.</summary>
    ElectronVolts,

    /// <summary>Pixels of the detector.</summary>
    Pixels,

    /// <summary>An angle in a plane, degrees.</summary>
    Degrees,

    /// <summary>A scattering angle, mrad.</summary>
    Milliradians,

    /// <summary>A length on the sample, nm.</summary>
    Nanometres,
}
