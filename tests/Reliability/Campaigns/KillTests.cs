using DklActors.Reliability.Failpoints;
using DklActors.Reliability.Processes;

namespace DklActors.Reliability.Campaigns;

/// <summary>
/// The part of the campaign that fits into every build: each failpoint once. The whole one is
/// <c>tests/campaigns/kills.sh</c>.
/// </summary>
public sealed class KillTests
{
    private const int Seed = 11;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Killed_at_each_failpoint_and_at_random_a_run_keeps_its_promises(int run)
    {
        KillPlan plan = KillPlan.OfEveryFailpoint(Seed)[run];
        var folder = new VictimFolder(Directory.CreateTempSubdirectory("dkl-killed-").FullName);

        RunReport report = await new KilledRun(plan, folder).RunAsync();

        report.Breaches.Should().BeEmpty("all was promised; {0} is kept", folder.Root);
        report.Kills.Select(kill => kill.Plan.ToString()).Should().Equal(
            plan.Kills.Select(kill => kill.ToString()), "a failpoint that is never passed shows nothing");
        report.Kills.Sum(kill => kill.Unknown).Should().BePositive("some died between an intent and its answer");
        report.Kills.Should().Contain(kill => kill.BeamWasOn);
        Directory.Delete(folder.Root, recursive: true);
    }

    [Fact]
    public void The_two_runs_have_every_failpoint_between_them() =>
        KillPlan.OfEveryFailpoint(Seed).SelectMany(plan => plan.Kills)
            .Select(kill => kill.Failpoint).OfType<Failpoint>()
            .Should().BeEquivalentTo(Failpoint.All);

    [Fact]
    public void A_seed_and_a_run_give_the_same_plan_every_time()
    {
        KillPlan.Of(1, 7).Kills.Should().Equal(KillPlan.Of(1, 7).Kills);
        KillPlan.Of(1, 7).Kills.Should().NotEqual(KillPlan.Of(2, 7).Kills);
    }

    [Fact]
    public void In_a_campaign_every_failpoint_has_its_turn()
    {
        const int Runs = 500 / KillPlan.KillsPerRun;

        Enumerable.Range(0, Runs).SelectMany(run => KillPlan.Of(1, run).Kills).Select(kill => kill.Failpoint)
            .OfType<Failpoint>().Distinct().Should().BeEquivalentTo(Failpoint.All);
    }
}
