namespace DklActors.ActorKernel.Tests.Kit;

/// <summary>Settings that both runtimes have, by other names.</summary>
internal sealed record Needs
{
    /// <summary>The parent of all top-level actors escalates their failures.</summary>
    public bool TopEscalates { get; init; }

    public int? StashCapacity { get; init; }

    /// <summary>The limits of phases of the coordinated shutdown.</summary>
    public IReadOnlyDictionary<string, TimeSpan> PhaseTimeouts { get; init; } = new Dictionary<string, TimeSpan>();
}
