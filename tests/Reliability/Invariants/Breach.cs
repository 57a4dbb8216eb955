namespace DklActors.Reliability.Invariants;

/// <summary>A promise that was not kept, and how.</summary>
internal sealed record Breach(Promise Promise, string What)
{
    public override string ToString() => $"{Promise}: {What}";
}
