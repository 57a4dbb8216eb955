namespace DklActors.ActorKernel.TestKit.Assertions;

/// <summary>
/// What a test expected did not happen. The message says what was expected, within what time, and what came instead.
/// </summary>
public sealed class ExpectationFailedException(string message, Exception? innerException = null)
    : Exception(message, innerException);
