namespace DklActors.Instruments.Ports;

/// <summary>
/// An exposure was asked for, and nobody knows whether it happened. Its dose is charged in full, and it is not exposed
/// again by itself.
/// </summary>
public sealed class OutcomeUnknownException(string message, Exception? innerException = null)
    : InstrumentException(FaultClass.Unknown, message, innerException);
