using DklActors.Learning.Scoring;

namespace DklActors.Learning.Tests.Scoring;

public sealed class MapScoreTests
{
    [Fact]
    public void Scores_are_those_computed_by_hand()
    {
        // Truth 10 … 20 scales to 0, 0.5, 1; the errors are 0.1, 0, −0.2; deviations 0.1.
        MapScore score = MapScore.Compute([11.0, 15.0, 18.0], [1.0, 1.0, 1.0], [10.0, 15.0, 20.0]);
        double meanSquare = (0.01 + 0.0 + 0.04) / 3.0;
        score.Rmse.Should().BeApproximately(Math.Sqrt(meanSquare), 1e-12);
        score.RSquared.Should().BeApproximately(1.0 - (meanSquare / (0.5 / 3.0)), 1e-12);
        double constant = Math.Log(0.1) + (0.5 * Math.Log(2.0 * Math.PI));
        score.Nlpd.Should().BeApproximately(constant + ((0.5 + 0.0 + 2.0) / 3.0), 1e-12);
        score.Coverage68.Should().BeApproximately(2.0 / 3.0, 1e-12);
        score.Coverage95.Should().BeApproximately(1.0, 1e-12);
        score.Spearman.Should().BeApproximately(1.0, 1e-12);
    }

    // scipy.stats.spearmanr
    [Fact]
    public void Rank_correlation_shares_ranks_between_ties() => MapScore
        .Compute([1.0, 2.0, 2.0, 4.0, 7.0, 0.0], new double[6], [3.0, 1.0, 2.0, 9.0, 8.0, -1.0])
        .Spearman.Should().BeApproximately(0.753702346348183, 1e-12);

    [Fact]
    public void A_constant_truth_or_a_misfit_is_refused()
    {
        Action constant = () => MapScore.Compute([1.0, 2.0], [1.0, 1.0], [4.0, 4.0]);
        Action misfit = () => MapScore.Compute([1.0], [1.0, 1.0], [4.0, 5.0]);
        constant.Should().Throw<ArgumentException>().WithMessage("*4 everywhere*");
        misfit.Should().Throw<ArgumentException>().WithMessage("*1 means*");
    }
}
