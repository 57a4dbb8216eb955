namespace DklActors.Instruments.Simulated.CoreLoss;

/// <summary>Elements whose edges are simulated.</summary>
public enum Element
{
    /// <summary>C K, 284 eV.</summary>
    Carbon,

    /// <summary>O K, 532 eV.</summary>
    Oxygen,

    /// <summary>Mn L2,3, 640 eV and up.</summary>
    Manganese,

    /// <summary>Fe L2,3, 709 eV and up.</summary>
    Iron,
}
