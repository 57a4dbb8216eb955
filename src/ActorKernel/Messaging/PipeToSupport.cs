namespace DklActors.ActorKernel;

/// <summary>Sends what a task comes to as a message, so that an actor need not wait for it.</summary>
public static class PipeToSupport
{
    /// <summary>
    /// Sends the result, or what <paramref name="success"/> makes of it; on failure or cancellation a
    /// <see cref="Status.Failure"/>, or what <paramref name="failure"/> makes of the exception.
    /// </summary>
    /// <returns>A task that ends when the message was sent.</returns>
    public static Task PipeTo<T>(
        this Task<T> taskToPipe, ICanTell recipient, IActorRef? sender = null, Func<T, object>? success = null,
        Func<Exception, object>? failure = null) => Pipe(taskToPipe, recipient, sender, failure, () =>
        {
            // Called only where IsCompletedSuccessfully.
            object? result = taskToPipe.Result;
            return (success is null ? result : success(taskToPipe.Result)) ?? throw new InvalidMessageException(
                "The task came to null, which is no message. Make one of it with the success function.");
        });

    /// <summary>Without <paramref name="success"/>, nothing is sent when the task succeeds.</summary>
    public static Task PipeTo(
        this Task taskToPipe, ICanTell recipient, IActorRef? sender = null, Func<object>? success = null,
        Func<Exception, object>? failure = null) =>
        Pipe(taskToPipe, recipient, sender, failure, () => success?.Invoke());

    /// <summary>On the thread that ends the task, whatever its context: a Tell is short, and a hop to the thread pool
    /// would put it out of reach of a scheduler that decides the order of everything.</summary>
    internal static Task AtItsEnd(this Task task, Action<Task> act) => task.ContinueWith(
        act, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private static Task Pipe(
        Task task, ICanTell recipient, IActorRef? sender, Func<Exception, object>? failure, Func<object?> success)
    {
        ArgumentNullException.ThrowIfNull(recipient);
        return task.AtItsEnd(ended =>
        {
            if (MessageOf(ended, success, failure) is { } message)
            {
                recipient.Tell(message, sender);
            }
        });
    }

    private static object? MessageOf(Task ended, Func<object?> success, Func<Exception, object>? failure)
    {
        var exception = ended.Exception?.InnerException ?? (ended.IsCanceled ? new TaskCanceledException(ended) : null);
        try
        {
            if (exception is null)
            {
                return success();
            }
        }
        catch (Exception thrown)
        {
            exception = thrown;
        }

        return failure is null ? new Status.Failure(exception) : failure(exception);
    }
}
