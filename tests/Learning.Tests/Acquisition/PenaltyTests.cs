using System.Collections.Immutable;
using DklActors.Learning.Acquisition;
using DklActors.Learning.Candidates;
using DklActors.Learning.Kernels;
using DklActors.Learning.Posteriors;
using DklActors.Learning.Tests.TestSupport;
using DklActors.Messages.Geometry;

namespace DklActors.Learning.Tests.Acquisition;

public sealed class PenaltyTests
{
    private static readonly CandidateSet Candidates = Scenes.Candidates();

    [Fact]
    public void Distance_costs_its_share_of_the_diagonal_from_the_last_planned_place()
    {
        double[] costs = CostsOf(new DistanceCost(0.5), new GridPoint(3, 3), new GridPoint(10, 10));
        costs[At(10, 10)].Should().Be(0.0);
        costs[At(13, 14)].Should().BeApproximately(0.5 * 5.0 / Math.Sqrt((24 * 24) + (28 * 28)), 1e-15);
        CostsOf(new DistanceCost(0.5)).Should().OnlyContain(cost => cost == 0.0);
    }

    [Fact]
    public void A_recent_place_costs_less_with_distance_and_age_and_nothing_once_forgotten()
    {
        var penalty = new RecencyPenalty(0.8, 2.0, memory: 2);
        GridPoint oldest = new(3, 3), older = new(10, 20), last = new(20, 5);
        double[] costs = CostsOf(penalty, oldest, older, last);
        costs[At(20, 5)].Should().BeApproximately(0.8, 1e-12);
        costs[At(20, 7)].Should().BeApproximately(0.8 * Math.Exp(-0.5), 1e-12);
        costs[At(10, 20)].Should().BeApproximately(0.4, 1e-12);
        costs[At(3, 3)].Should().BeLessThan(1e-9);
    }

    [Fact]
    public void A_penalty_that_never_forgets_weighs_all_places_alike()
    {
        var penalty = new RecencyPenalty(0.8, 2.0, RecencyPenalty.NeverForgets);
        double[] costs = CostsOf(penalty, new(3, 3), new(10, 20), new(20, 5));
        costs[At(3, 3)].Should().BeApproximately(0.8, 1e-12);
        costs[At(20, 5)].Should().BeApproximately(0.8, 1e-12);
        costs.Should().OnlyContain(cost => cost <= 0.8);
        penalty.Identity.Should().Be("revisit-penalty(0.8, 2 px)");
    }

    [Fact]
    public void Scores_of_any_unit_are_brought_to_one_span_before_costs_are_taken_off()
    {
        AcquisitionInput input = Input(new GridPoint(10, 10));
        double[] plain = Score(new UpperConfidenceBound(1.0), input);
        double[] scores = Score(new Penalised(new UpperConfidenceBound(1.0), new DistanceCost(0.7)), input);
        double[] costs = CostsOf(new DistanceCost(0.7), new GridPoint(10, 10));
        for (int i = 0; i < scores.Length; i++)
        {
            double unit = (plain[i] - plain.Min()) / (plain.Max() - plain.Min());
            scores[i].Should().BeApproximately(unit - costs[i], 1e-12);
        }
    }

    [Fact]
    public void Logarithms_are_lowered_as_they_are_so_that_costs_divide()
    {
        AcquisitionInput input = Input(new GridPoint(10, 10));
        double[] plain = Score(new LogExpectedImprovement(), input);
        double[] scores = Score(new Penalised(new LogExpectedImprovement(), new DistanceCost(3.0)), input);
        double[] costs = CostsOf(new DistanceCost(3.0), new GridPoint(10, 10));
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i].Should().BeApproximately(plain[i] - costs[i], 1e-12 * Math.Abs(plain[i]));
        }
    }

    [Fact]
    public void A_large_distance_cost_keeps_the_probe_near_and_a_large_penalty_sends_it_away()
    {
        AcquisitionInput input = Input(new GridPoint(10, 10));
        GridPoint near = Next(new DistanceCost(100.0));
        GridPoint away = Next(new RecencyPenalty(100.0, 6.0, 5));
        near.Centre.DistanceTo(new ProbePosition(10, 10)).Should().BeLessThan(1.0);
        away.Centre.DistanceTo(new ProbePosition(10, 10)).Should().BeGreaterThan(10.0);

        GridPoint Next(IPenalty penalty) => Candidates.PointAt(
            NextPoint.Choose(Score(new Penalised(new MaximumUncertainty(), penalty), input), []));
    }

    [Fact]
    public void Equal_scores_leave_the_choice_to_the_costs()
    {
        var model = Scenes.Model(Candidates.Count, 2, KernelKind.Rbf);
        var input = new AcquisitionInput(Posterior.Condition(model, []), 50.0, Goal.Maximise, 1)
        {
            Trail = new ProbeTrail(Candidates, [new GridPoint(7, 9)]),
        };
        double[] scores = Score(new Penalised(new MaximumUncertainty(), new DistanceCost(0.1)), input);
        NextPoint.Choose(scores, []).Should().Be(At(7, 9));
    }

    [Fact]
    public void Without_a_trail_a_penalty_cannot_be_computed_and_says_so()
    {
        AcquisitionInput input = Input() with { Trail = null };
        Action scoring = () => Score(new Penalised(new MaximumUncertainty(), new DistanceCost(1.0)), input);
        scoring.Should().Throw<ArgumentException>().WithMessage("*distance-cost(1)*Give the input a trail*");
    }

    private static int At(int row, int column) =>
        Candidates.TryIndexOf(new GridPoint(row, column), out int candidate) ? candidate : -1;

    private static double[] CostsOf(IPenalty penalty, params ImmutableArray<GridPoint> planned)
    {
        double[] costs = new double[Candidates.Count];
        penalty.AddCosts(new ProbeTrail(Candidates, planned), costs);
        return costs;
    }

    private static AcquisitionInput Input(params ImmutableArray<GridPoint> planned)
    {
        var model = Scenes.Model(Candidates.Count, 2, KernelKind.Matern52);
        var posterior = Posterior.Condition(model, Scenes.RandomObservations(Candidates.Count, 8));
        return new AcquisitionInput(posterior, 52.0, Goal.Maximise, 7)
        {
            Trail = new ProbeTrail(Candidates, planned),
        };
    }

    private static double[] Score(IAcquisitionFunction function, AcquisitionInput input)
    {
        double[] scores = new double[Candidates.Count];
        function.Score(input, scores);
        return scores;
    }
}
