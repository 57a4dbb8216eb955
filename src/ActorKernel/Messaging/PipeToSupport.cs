namespace DklActors.ActorKernel;

/// <summary>Sends what a task comes to as a message, so that an actor need not wait for it.</summary>
public static class PipeToSupport
{
    /// <summary>
    /// Sends the result, or what <paramref name="success"/> makes of it; on failure or cancellation a
    /// <see cref="Status.Failure"/>, or what <paramref name="failure"/> makes of the exception.
    /// </summary>
    /// <returns>A task that ends when the message was sent.</returns>
    public static async Task PipeTo<T>(
        this Task<T> taskToPipe,
        ICanTell recipient,
        IActorRef? sender = null,
        Func<T, object>? success = null,
        Func<Exception, object>? failure = null)
    {
        ArgumentNullException.ThrowIfNull(taskToPipe);
        ArgumentNullException.ThrowIfNull(recipient);
        object message;
        try
        {
            var result = await taskToPipe.ConfigureAwait(false);
            message = (success is null ? result : success(result)) ?? throw new InvalidMessageException(
                "The task came to null, which is no message. Make one of it with the success function.");
        }
        catch (Exception exception)
        {
            message = failure is null ? new Status.Failure(exception) : failure(exception);
        }

        recipient.Tell(message, sender);
    }

    /// <summary>Without <paramref name="success"/>, nothing is sent when the task succeeds.</summary>
    public static async Task PipeTo(
        this Task taskToPipe,
        ICanTell recipient,
        IActorRef? sender = null,
        Func<object>? success = null,
        Func<Exception, object>? failure = null)
    {
        ArgumentNullException.ThrowIfNull(taskToPipe);
        ArgumentNullException.ThrowIfNull(recipient);
        object? message;
        try
        {
            await taskToPipe.ConfigureAwait(false);
            message = success?.Invoke();
        }
        catch (Exception exception)
        {
            message = failure is null ? new Status.Failure(exception) : failure(exception);
        }

        if (message is not null)
        {
            recipient.Tell(message, sender);
        }
    }
}
