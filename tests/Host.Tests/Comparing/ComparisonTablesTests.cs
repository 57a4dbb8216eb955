using DklActors.Host.Commands;
using DklActors.Host.Comparing;
using static DklActors.Host.Tests.Comparing.MadeComparison;

namespace DklActors.Host.Tests.Comparing;

public sealed class ComparisonTablesTests
{
    [Fact]
    public void Ranks_show_who_won_on_how_many_seeds_and_how_soon_the_maximum_was_found()
    {
        MadeComparison made = new MadeComparison()
            .With("xy-gp", [0.09, 0.09, 0.02, 0.09], foundAfter: [null, 40, null, null])
            .With("dkl", [0.03, 0.03, 0.03, 0.03], foundAfter: [12, 31, 20, null]);

        string[] rows = ComparisonTables.Ranks(made.Plan, made.Runs).Split('\n');

        rows[0].Should().Contain("maximum found after");
        // Both tie in NLPD, so nobody was better on any seed.
        rows[2].Should().Be("| 50 | dkl | 0.030 | 1 | 3 of 4 | −1.00 | 2 (tie) | 4 of 4 | 25.5 | 3 of 4 | 1 of 4 |");
        rows[3].Should().Be("| 50 | xy-gp | 0.090 | 2 (tie) | 1 of 4 | −1.00 | 1 | 4 of 4 | – | 1 of 4 | 2 of 4 |");
    }

    [Fact]
    public void What_was_found_in_half_of_the_runs_has_no_median_yet()
    {
        MadeComparison made = new MadeComparison().With("dkl", Around(0.1, 4), foundAfter: [11, null, 12, null]);

        Discovery.Of(made.Runs).Should().Be(new Discovery(null, 2, 4));
        Discovery.Of(made.Runs.Take(3)).Should().Be(new Discovery(12, 2, 3));
        Discovery.Of([]).Should().Be(new Discovery(null, 0, 0));
    }

    [Fact]
    public void Machines_read_every_score_of_every_seed()
    {
        MadeComparison made = new MadeComparison().With("dkl", [0.25, 0.5], foundAfter: [12, null]);

        string[] lines = ComparisonTables.Csv(made.Runs).TrimEnd('\n').Split('\n');

        lines[0].Split(',').Should().Equal(
            "strategy", "seed", "step", "rmse", "r2", "spearman", "nlpd", "coverage68", "coverage95", "best",
            "refit_ms", "epochs", "found_after");
        lines[2].Should().Be("dkl,0,50,0.25,0.75,0.9,-1,0.68,0.95,0.5,3.000,40,12");
        lines[4].Should().Be("dkl,1,50,0.5,0.5,0.9,-1,0.68,0.95,0.5,3.000,40,");
    }

    [Fact]
    public void No_more_steps_are_taken_than_there_are_candidates()
    {
        ComparisonPlan plan = new MadeComparison().With("dkl", [0.1]).Plan;

        plan.ClippedTo(1000).Checkpoints.Should().Equal(10, 50);
        plan.ClippedTo(32).Checkpoints.Should().Equal(10, 22);
        plan.ClippedTo(15).Checkpoints.Should().Equal(5);
        plan.Invoking(p => p.ClippedTo(10)).Should().Throw<UsageException>().WithMessage("*planner.seeds*");
    }
}
