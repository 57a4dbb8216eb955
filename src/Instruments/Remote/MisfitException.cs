using DklActors.Instruments.Ports;

namespace DklActors.Instruments.Remote;

/// <summary>A recipe asks of a microscope what it has not or does not allow.</summary>
/// <param name="key">The key of the recipe; one of the microscope's where it has no section of its own.</param>
/// <param name="message">What is not there or not allowed.</param>
public sealed class MisfitException(string key, string message) : InstrumentException(FaultClass.Permanent, message)
{
    public string Key => key;
}
