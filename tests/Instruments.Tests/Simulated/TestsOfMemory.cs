namespace DklActors.Instruments.Tests.Simulated;

/// <summary>What the process holds is of all tests that run: those that measure it run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TestsOfMemory
{
    public const string Name = "memory";
}
