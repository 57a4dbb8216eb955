namespace DklActors.Host.Trainers.Remote;

/// <summary>There is nobody to train: no broker, or no node took the job; the message says which.</summary>
internal sealed class TrainersUnavailableException(string message, Exception? inner = null)
    : Exception(message, inner);
