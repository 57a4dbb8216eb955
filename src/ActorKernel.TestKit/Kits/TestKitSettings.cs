namespace DklActors.ActorKernel.TestKit.Kits;

/// <summary>How long a kit and its probes wait where the test does not say.</summary>
public sealed record TestKitSettings
{
    internal static TestKitSettings Default { get; } = new();

    /// <summary>For what must happen, on the test's clock.</summary>
    public TimeSpan DefaultTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>For what must not happen, on the test's clock.</summary>
    public TimeSpan ExpectNoMsgDefault { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Real time after which a wait is given up although actors still run and the test's own clock stands
    /// still.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);
}
