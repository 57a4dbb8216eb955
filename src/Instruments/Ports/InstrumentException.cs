namespace DklActors.Instruments.Ports;

/// <summary>An instrument refused a command, did not answer in time, or is lost.</summary>
public class InstrumentException : Exception
{
    public InstrumentException(FaultClass faultClass, string message, Exception? innerException = null)
        : base(message, innerException) => FaultClass = faultClass;

    public FaultClass FaultClass { get; }
}
