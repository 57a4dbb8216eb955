using DklActors.Host.Comparing;
using static DklActors.Host.Tests.Comparing.MadeComparison;

namespace DklActors.Host.Tests.Comparing;

public sealed class ComparisonVerdictTests
{
    [Fact]
    public void The_rung_of_the_lowest_median_is_best_and_one_that_is_clear_of_it_is_worse_by_so_much()
    {
        MadeComparison made = new MadeComparison().With("xy-gp", Around(0.09)).With("dkl", Around(0.03));

        made.Sentences[0].Should().Be(
            "After 50 steps dkl has the lowest RMSE, 0.030; xy-gp (0.090) is worse by 0.060 (0.060 to 0.060).");
        made.Text.Should().Contain(
            "Structure helps: position alone (xy-gp, RMSE 0.090) errs 3.0 times as much as dkl (0.030).");
    }

    [Fact]
    public void A_difference_that_the_seeds_do_not_agree_on_is_a_tie()
    {
        // Higher on eleven seeds, lower on nine.
        double[] mixed = [.. Around(0.06).Select((value, i) => value + (i < 11 ? 0.02 : -0.02))];
        MadeComparison made = new MadeComparison().With("dkl", Around(0.06)).With("pca-gp", mixed);

        made.Sentences[0].Should().Contain("dkl has the lowest RMSE, 0.060, a tie with pca-gp (0.");
        made.Sentences[0].Should().NotContain("is worse");
    }

    [Fact]
    public void A_difference_that_is_sure_but_smaller_than_a_twentieth_is_a_tie()
    {
        double[] errors = Around(0.1);
        MadeComparison near = new MadeComparison()
            .With("dkl", errors).With("pca-gp", [.. errors.Select(error => error + 0.004)]);
        MadeComparison far = new MadeComparison()
            .With("dkl", errors).With("pca-gp", [.. errors.Select(error => error + 0.006)]);

        near.Sentences[0].Should().Contain("a tie with pca-gp");
        far.Sentences[0].Should().Contain("is worse by 0.006");
    }

    [Fact]
    public void Position_alone_that_ties_with_every_rung_that_sees_the_image_means_that_structure_does_not_help()
    {
        MadeComparison made = new MadeComparison()
            .With("xy-gp", Around(0.068)).With("pca-gp", Around(0.2)).With("dkl", Around(0.066));

        made.Text.Should().Contain(
            "Structure does not help: position alone (xy-gp, RMSE 0.068) is a tie with dkl (0.066)").And.Contain(
            "Position is what predicts here: structure alone (pca-gp, 0.200) errs 2.9 times as much as position alone");
    }

    [Fact]
    public void Position_alone_that_wins_means_that_structure_does_not_help()
    {
        MadeComparison made = new MadeComparison().With("dkl", Around(0.08)).With("xy-gp", Around(0.05));

        made.Text.Should().Contain("Structure does not help").And.Contain("(xy-gp, RMSE 0.050) is better than dkl");
    }

    [Fact]
    public void A_gain_that_is_sure_but_below_a_quarter_is_called_slight()
    {
        MadeComparison made = new MadeComparison().With("dkl", Around(0.065)).With("xy-gp", Around(0.075));

        made.Text.Should().Contain(
            "Structure hardly helps: position alone (xy-gp, RMSE 0.075) errs only 1.15 times as much as dkl (0.065).");
    }

    [Fact]
    public void Equal_errors_with_better_densities_are_told_apart()
    {
        MadeComparison made = new MadeComparison()
            .With("xy-gp", Around(0.06), Around(-1.0)).With("dkl", Around(0.06), Around(-1.4));

        made.Text.Should().Contain("Structure does not help").And.Contain("its NLPD is lower by 0.40");
    }

    [Fact]
    public void Without_a_rung_that_knows_position_alone_nothing_is_said_of_structure() =>
        new MadeComparison().With("pca-gp", Around(0.1)).With("dkl", Around(0.05)).Text
            .Should().NotContain("tructure");

    [Fact]
    public void A_default_that_is_not_the_best_is_named_with_how_much_it_lacks()
    {
        double[] densities = Around(-1.4);
        MadeComparison made = new MadeComparison()
            .With("dkl", Around(0.05), densities)
            .With("dkl-ensemble", Around(0.08), [.. densities.Select(density => density + 0.3)]);

        made.Text.Should()
            .Contain("not the best rung in RMSE: 0.080 is worse than that of dkl by 0.030 (0.030 to 0.030), beyond")
            .And.Contain("not the best rung in NLPD: −1.10 is worse than that of dkl by 0.30");
    }

    [Theory]
    [InlineData(0.05, "The default, dkl-ensemble, is the best rung.")]
    [InlineData(0.0595, "No rung is better than the default, dkl-ensemble.")]
    [InlineData(0.0605, "No rung is better than the default, dkl-ensemble.")]
    public void A_default_that_wins_or_ties_is_said_to(double error, string words) => new MadeComparison()
        .With("dkl-ensemble", Around(error), Around(-1.3)).With("dkl", Around(0.06), Around(-1.2)).Text
        .Should().Contain(words);

    [Fact]
    public void One_seed_is_not_enough_to_judge_by()
    {
        string text = new MadeComparison().With("xy-gp", [0.09]).With("dkl-ensemble", [0.03]).Text;

        text.Should().Contain("One seed shows no spread").And.NotContain("Structure").And.NotContain("The default");
    }

    [Fact]
    public void Few_seeds_are_said_to_be_few() =>
        new MadeComparison().With("xy-gp", Around(0.09, 4)).With("dkl", Around(0.03, 4)).Text
            .Should().Contain("the 4 seeds do not all agree").And.Contain("6 seeds or more");

    [Fact]
    public void Runs_that_are_the_same_on_every_seed_are_counted_once()
    {
        MadeComparison made = new MadeComparison()
            .With("xy-gp", [.. Enumerable.Repeat(0.09, 20)]).With("dkl", Around(0.03));

        made.Text.Should().Contain("Of the 20 runs of each strategy some are the same: xy-gp 1 distinct.");
    }

    [Fact]
    public void Starts_that_the_data_name_are_said_to_be_the_same()
    {
        MadeComparison made = new MadeComparison().With("dkl", Around(0.03)).With("xy-gp", Around(0.09));

        string.Join("\n", ComparisonVerdict.Sentences(made.Plan with { StartsAreGiven = true }, made.Runs))
            .Should().Contain("All runs start from the same 10 points");
        made.Text.Should().NotContain("start from the same");
    }

    [Fact]
    public void A_run_that_ended_before_the_last_step_is_compared_on_no_seed()
    {
        MadeComparison made = new MadeComparison().With("dkl", Around(0.03)).With("xy-gp", Around(0.09));
        ComparisonRun[] cut = [.. made.Runs.Select(run => run with { Steps = [run.Steps[0]] })];

        ComparisonVerdict.Sentences(made.Plan, cut).Should().Equal("No run got as far as the last step.");
    }
}
