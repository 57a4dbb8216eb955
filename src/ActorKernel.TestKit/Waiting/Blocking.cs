namespace DklActors.ActorKernel.TestKit.Waiting;

/// <summary>
/// The kit's methods are written once, asynchronously, with a flag that makes every wait in them block in place.
/// With the flag set they are complete when they return, and here is their result.
/// </summary>
internal static class Blocking
{
    public static T Completed<T>(ValueTask<T> task) => task.IsCompleted
        ? task.GetAwaiter().GetResult()
        : throw new InvalidOperationException(
            "A block that must not suspend awaited something of its own. Use the method whose name ends in Async.");
}
