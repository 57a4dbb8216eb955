using System.Collections.Immutable;
using DklActors.Learning.Acquisition;
using DklActors.Learning.Engines;
using DklActors.Learning.Kernels;
using DklActors.Learning.Posteriors;
using DklActors.Learning.Tests.TestSupport;
using DklActors.Messages.Scalars;

namespace DklActors.Learning.Tests.Acquisition;

public sealed class KnowledgeGradientTests
{
    private const int Count = 40;

    private static readonly ProcessModel Model = Scenes.Model(Count, 2, KernelKind.Matern52, noise: 0.1);
    private static readonly ImmutableArray<Observation> Observations = Scenes.RandomObservations(Count, 6);

    [Fact]
    public void The_envelope_of_lines_is_integrated_exactly()
    {
        // The expectation between all crossings, piece by piece, with the error function of Python's math module.
        double[] intercepts = [0.0, 0.2, -0.4, 0.1, 0.15, -3.0];
        double[] slopes = [0.3, -0.5, 1.1, 0.3, 0.05, 0.0];
        LineEnvelope.ExpectedRise(intercepts, slopes).Should().BeApproximately(0.40158398657907174, 1e-12);
    }

    [Fact]
    public void Parallel_lines_and_a_single_one_promise_nothing()
    {
        LineEnvelope.ExpectedRise([1.0, 3.0, 2.0], [0.5, 0.5, 0.5]).Should().Be(0.0);
        LineEnvelope.ExpectedRise([1.0], [2.0]).Should().Be(0.0);
    }

    public static TheoryData<string> Goals => ["maximise", "minimise", "hit"];

    [Theory]
    [MemberData(nameof(Goals))]
    public void With_all_candidates_as_alternatives_it_is_the_expected_rise_of_the_best_mean(string word)
    {
        Goal goal = word switch
        {
            "maximise" => Goal.Maximise,
            "minimise" => Goal.Minimise,
            _ => Goal.Hit(44.0, 45.0),
        };
        double[] scores = Scores(new KnowledgeGradient(1024), goal);
        (double[] mean, double[] variance) = DenseReference.Predict(Model, Observations);
        double best = mean.Max(goal.Merit);
        for (int x = 0; x < Count; x += 7)
        {
            double noise = Model.Kernel.NoiseVariance * Model.Scaling.Scale * Model.Scaling.Scale;
            double spread = Math.Sqrt(variance[x] + noise);
            double sum = 0.0, step = 0.004;
            // The mean moves linearly with what is measured: two refits give the line, an integral over z the rest.
            double[] moved = DenseReference.Predict(Model, [.. Observations, new(x, mean[x] + spread, 0.0)]).Mean;
            for (double z = -8.0 + (0.5 * step); z < 8.0; z += step)
            {
                double reached = double.NegativeInfinity;
                for (int j = 0; j < Count; j++)
                {
                    reached = Math.Max(reached, goal.Merit(mean[j] + (z * (moved[j] - mean[j]))));
                }

                sum += (reached - best) * Math.Exp(-0.5 * z * z) / Math.Sqrt(2.0 * Math.PI) * step;
            }

            // With a target, 64 quantiles stand for the integral.
            double tolerance = word == "hit" ? 0.02 * (1.0 + sum) : 1e-5 * (1.0 + sum);
            scores[x].Should().BeApproximately(sum, tolerance);
        }

        scores.Max().Should().BeGreaterThan(0.1);
    }

    [Fact]
    public void Fewer_alternatives_give_a_lower_bound_that_grows_with_them()
    {
        double[] few = Scores(new KnowledgeGradient(2), Goal.Maximise);
        double[] more = Scores(new KnowledgeGradient(12), Goal.Maximise);
        double[] all = Scores(new KnowledgeGradient(Count), Goal.Maximise);
        for (int i = 0; i < Count; i++)
        {
            few[i].Should().BeLessThanOrEqualTo(more[i] + 1e-9);
            more[i].Should().BeLessThanOrEqualTo(all[i] + 1e-9);
        }

        few.Sum().Should().BeLessThan(all.Sum());
    }

    private static double[] Scores(KnowledgeGradient function, Goal goal)
    {
        double[] scores = new double[Count];
        function.Score(new AcquisitionInput(Posterior.Condition(Model, Observations), 0.0, goal, 5), scores);
        return scores;
    }
}
