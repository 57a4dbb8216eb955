namespace DklActors.ActorKernel;

/// <summary>The result of something that has none.</summary>
public sealed class Done
{
    public static Done Instance { get; } = new();
}
