using DklActors.Learning.Ensembles;
using DklActors.Learning.Randomness;
using MathNet.Numerics.Distributions;

namespace DklActors.Learning.Tests.Ensembles;

public sealed class MemberWeightsTests
{
    [Fact]
    public void Equal_members_weigh_the_same()
    {
        double[] densities = Densities(30, 0.0, 1);
        MemberWeights.PseudoBma([densities, densities, densities, densities], 3).Should()
            .OnlyContain(weight => Math.Abs(weight - 0.25) < 1e-12);
    }

    [Fact]
    public void One_member_or_one_observation_is_enough()
    {
        MemberWeights.PseudoBma([Densities(9, 0.0, 1)], 3).Single().Should().BeApproximately(1.0, 1e-12);

        // With one observation there is nothing to draw: weights are the shares of the tempered densities.
        double[] weights = MemberWeights.PseudoBma([[0.0], [Math.Log(3.0) / MemberWeights.LearningRate]], 3);
        weights[0].Should().BeApproximately(0.25, 1e-12);
        weights[1].Should().BeApproximately(0.75, 1e-12);
    }

    [Fact]
    public void A_clearly_better_member_takes_nearly_all_and_one_that_is_ahead_by_chance_does_not()
    {
        double[] good = Densities(40, 0.0, 1);
        double[] clearly = [.. good.Select(value => value - 1.0)];
        MemberWeights.PseudoBma([clearly, good], 3)[1].Should().BeGreaterThan(0.999);

        // Ahead by 12 nats in sum, all of them from one observation of forty.
        double[] byChance = [.. good.Select((value, i) => value - (i == 7 ? 12.0 : 0.0))];
        double[] weights = MemberWeights.PseudoBma([byChance, good], 3);
        weights[1].Should().BeInRange(0.6, 0.95, "plain tempered weights would be 0.97");
        weights.Sum().Should().BeApproximately(1.0, 1e-12);
    }

    [Fact]
    public void Densities_of_far_outliers_do_not_become_no_number()
    {
        double[] weights = MemberWeights.PseudoBma([[-1e6, -1.0, -1.0], [-2e6, -1.0, -1.0]], 3);
        weights.Sum().Should().BeApproximately(1.0, 1e-12);
        weights[0].Should().BeGreaterThan(0.99);
    }

    [Fact]
    public void The_seed_alone_decides_and_hardly_matters()
    {
        double[][] members = [Densities(25, 0.0, 1), Densities(25, 0.05, 2), Densities(25, -0.1, 3)];
        double[] first = MemberWeights.PseudoBma(members, 3), other = MemberWeights.PseudoBma(members, 4);
        MemberWeights.PseudoBma(members, 3).Should().Equal(first);
        other.Should().NotEqual(first);
        for (int k = 0; k < members.Length; k++)
        {
            other[k].Should().BeApproximately(first[k], 0.08);
        }
    }

    [Fact]
    public void They_are_those_of_a_bootstrap_with_other_random_numbers()
    {
        const int Count = 25, Draws = 20_000;
        double[][] members = [Densities(Count, 0.0, 1), Densities(Count, 0.05, 2), Densities(Count, -0.1, 3)];
        double[] expected = new double[members.Length];
        var gamma = new Gamma(1.0, 1.0, new MathNet.Numerics.Random.MersenneTwister(99));
        for (int draw = 0; draw < Draws; draw++)
        {
            // Dirichlet(1, …, 1): gamma variates over their sum.
            double[] shares = [.. Enumerable.Range(0, Count).Select(_ => gamma.Sample())];
            double total = shares.Sum();
            double[] scores = [.. members.Select(
                densities => Math.Exp(
                    MemberWeights.LearningRate * Count * densities.Zip(shares, (a, b) => a * b).Sum() / total))];
            for (int k = 0; k < scores.Length; k++)
            {
                expected[k] += scores[k] / scores.Sum() / Draws;
            }
        }

        double[] found = MemberWeights.PseudoBma(members, 11);
        expected.Should().OnlyContain(weight => weight > 0.05, "otherwise the comparison says little");
        for (int k = 0; k < found.Length; k++)
        {
            // A weight's deviation between draws is some 0.4: five standard errors of 500 draws.
            found[k].Should().BeApproximately(expected[k], 5.0 * 0.4 / Math.Sqrt(500.0));
        }
    }

    private static double[] Densities(int count, double shift, ulong index)
    {
        SeededRandom random = SeededRandom.Derive(31, RandomPurpose.SeedDesign, index);
        return [.. Enumerable.Range(0, count).Select(_ => shift - 1.0 + (0.5 * random.NextGaussian()))];
    }
}
