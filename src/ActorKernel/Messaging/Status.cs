namespace DklActors.ActorKernel;

/// <summary>The common replies "it went well" and "it failed because".</summary>
public abstract class Status
{
    public sealed class Success(object? status) : Status
    {
        public object? Status { get; } = status;

        public override string ToString() => $"Success: {Status}";
    }

    /// <summary>As the reply to an Ask, fails the asking task with <see cref="Cause"/>.</summary>
    public sealed class Failure(Exception cause) : Status
    {
        public Exception Cause { get; } = cause;

        public override string ToString() => $"Failure: {Cause}";
    }
}
