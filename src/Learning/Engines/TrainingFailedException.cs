namespace DklActors.Learning.Engines;

/// <summary>A training that gave no usable model, with the reason in words.</summary>
public sealed class TrainingFailedException : Exception
{
    public TrainingFailedException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
