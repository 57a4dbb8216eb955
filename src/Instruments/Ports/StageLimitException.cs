namespace DklActors.Instruments.Ports;

/// <summary>The stage does not go there; it was not moved.</summary>
public sealed class StageLimitException(string message, Exception? innerException = null)
    : InstrumentException(FaultClass.Permanent, message, innerException);
