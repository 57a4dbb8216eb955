namespace DklActors.Instruments.Simulated.Plasmons;

/// <summary>Where a plasmon mode is excited.</summary>
public enum PlasmonKind
{
    /// <summary>In the volume, in proportion to the thickness.</summary>
    Bulk,

    /// <summary>Along the outline: dipole of a ball, face mode of a cube, transverse mode of a rod.</summary>
    Edge,

    /// <summary>At corners and tips: corner mode of a cube, tips of a triangle, longitudinal mode of a rod.</summary>
    Corner,
}
