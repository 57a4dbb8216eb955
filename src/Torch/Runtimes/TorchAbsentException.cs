namespace DklActors.Torch.Runtimes;

/// <summary>There is no libtorch to compute with, or not the device that was asked for; the message says what to do.
/// </summary>
public sealed class TorchAbsentException : Exception
{
    public TorchAbsentException(string message)
        : base(message)
    {
    }
}
