namespace DklActors.Host.Tests.Watching;

/// <summary>
/// Half a second without a heartbeat counts: tests that listen for it have the machine for themselves, or they hear
/// that this process was held up by the others.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TestsOfSilence
{
    public const string Name = "silence";
}
