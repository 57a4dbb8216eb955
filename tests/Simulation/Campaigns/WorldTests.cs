using DklActors.Simulation.Worlds;

namespace DklActors.Simulation.Campaigns;

/// <summary>
/// The part of the campaign that fits into every build. Its seeds are not those of last time's bugs, which
/// <see cref="KnownSeeds"/> keeps; the whole campaign is <c>tests/campaigns/simulate.sh</c>.
/// </summary>
public sealed class WorldTests
{
    private const int Worlds = 200;
    private const int Parts = 4;

    public static TheoryData<int> EachPart => [.. Enumerable.Range(0, Parts)];

    [Theory]
    [MemberData(nameof(EachPart))]
    public void In_no_world_does_anything_happen_that_must_never_happen(int part)
    {
        var reports = new List<WorldReport>();
        for (int i = 0; i < Worlds / Parts; i++)
        {
            reports.Add(new World((ulong)(1 + (part * Worlds / Parts) + i)).Run());
        }

        // A simulation in which nothing goes wrong, or nobody ever dies, would prove nothing.
        reports.Sum(report => report.Faults.Values.Sum()).Should().BeGreaterThan(Worlds / Parts);
        reports.Sum(report => report.Processes).Should().BeGreaterThan(2 * Worlds / Parts);
        reports.Sum(report => report.Drift.Looks - report.Drift.Rejected).Should().BeGreaterThan(10);
        reports.Sum(report => report.Drift.Rejected + report.Drift.Lost).Should().BeGreaterThan(0);
        reports.SelectMany(report => report.Faults.Keys).Distinct().Count().Should().BeGreaterThan(30);
    }

    [Fact]
    public void A_seed_is_the_same_world_every_time()
    {
        for (ulong seed = 1000; seed < 1020; seed++)
        {
            ulong once = new World(seed).Run().Fingerprint;

            new World(seed).Run().Fingerprint.Should().Be(once, WorldBrokenException.Command(seed));
        }
    }

    [Fact]
    public void Another_seed_is_another_world() =>
        Enumerable.Range(2000, 20).Select(seed => new World((ulong)seed).Run().Fingerprint)
            .Should().OnlyHaveUniqueItems();
}
