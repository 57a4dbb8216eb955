using DklActors.Simulation.Worlds;

namespace DklActors.Simulation.Campaigns;

/// <summary>Seeds that broke the pipeline once, each with what was wrong.</summary>
/// <remarks>
/// A seed is only a way to a bug: when a world changes it may lead elsewhere. What each bug was is tested again, by
/// itself, in <c>tests/Actors.Tests/Recovery/FoundBySimulation.cs</c>.
/// </remarks>
public sealed class KnownSeeds
{
    public static TheoryData<int, string> Seeds => new()
    {
        { 15, "a scan that failed, or during which the process died, cost nothing in the ledger" },
        { 91, "an image that cannot be used was recorded as the run's, which could then never be continued" },
        { 38, "an exposure began after the journal had said that the run is paused" },
        { 139, "the answer to another training was taken, so that two models had one number" },
        { 175, "an experiment made anew read the journal before the last appends of its earlier life were in it" },
        { 1078, "a stop asked for before the run was prepared was never carried out" },
        { 1279, "an exposure began while the journal still said that the run is paused" },
        { 35, "the scalar of a point with neighbours was asked for again while it was on its way to the journal" },
    };

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_seed_that_once_broke_the_pipeline_does_so_no_more(int seed, string because)
    {
        Action run = () => new World((ulong)seed).Run();

        run.Should().NotThrow(because);
    }
}
