namespace DklActors.Instruments.Ports;

/// <summary>What a failed call to an instrument allows next.</summary>
public enum FaultClass
{
    /// <summary>Nothing is known; treated as the worst case.</summary>
    Unknown,

    /// <summary>Worth a bounded number of retries.</summary>
    Transient,

    /// <summary>Retrying cannot help.</summary>
    Permanent,
}
