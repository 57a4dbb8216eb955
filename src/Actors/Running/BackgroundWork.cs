namespace DklActors.Actors.Running;

/// <summary>Computations beside the actors.</summary>
internal static class BackgroundWork
{
    /// <summary>Runs a computation, which finds no scheduler of its own around it.</summary>
    /// <param name="scheduler">Where.</param>
    /// <param name="work">What; pipe the task to an actor.</param>
    /// <param name="options">Say so if it is long: it must not sit on a pool thread that the actors need.</param>
    public static Task<T> Start<T>(
        this TaskScheduler scheduler, Func<T> work, TaskCreationOptions options = TaskCreationOptions.None) =>
        Task.Factory.StartNew(
            work,
            CancellationToken.None,
            options | TaskCreationOptions.DenyChildAttach | TaskCreationOptions.HideScheduler,
            scheduler);
}
