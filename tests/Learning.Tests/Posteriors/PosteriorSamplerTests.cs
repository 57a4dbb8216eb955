using DklActors.Learning.Kernels;
using DklActors.Learning.Posteriors;
using DklActors.Learning.Tests.TestSupport;

namespace DklActors.Learning.Tests.Posteriors;

public sealed class PosteriorSamplerTests
{
    private const int Draws = 800;

    [Theory]
    [InlineData(KernelKind.Rbf, false)]
    [InlineData(KernelKind.Matern52, false)]
    [InlineData(KernelKind.Rbf, true)]
    [InlineData(KernelKind.Matern52, true)]
    public void Draws_have_the_posteriors_mean_variance_and_covariance(KernelKind kind, bool isSum)
    {
        var model = isSum ? Scenes.SumModel(60, kind) : Scenes.Model(60, 2, kind);
        var posterior = Posterior.Condition(model, Scenes.RandomObservations(60, 6));
        double[][] draws = [.. Enumerable.Range(0, Draws).Select(i => Draw(posterior, (ulong)i))];
        for (int c = 0; c < 60; c++)
        {
            double mean = draws.Average(draw => draw[c]);
            double variance = draws.Average(draw => Math.Pow(draw[c] - mean, 2));
            double deviation = Math.Sqrt(posterior.Variance[c]);
            // Five standard errors of a mean and of a variance over these draws.
            mean.Should().BeApproximately(posterior.Mean[c], 5.0 * deviation / Math.Sqrt(Draws));
            variance.Should().BeApproximately(
                posterior.Variance[c], 5.0 * Math.Sqrt(2.0 / Draws) * posterior.Variance[c]);
        }

        // Cov(a, b | data) is what conditioning on b takes from a's variance: the draw must be joint.
        (int a, int b) = ClosePair(posterior);
        double expected = Covariance(posterior, a, b);
        double meanA = draws.Average(draw => draw[a]), meanB = draws.Average(draw => draw[b]);
        double covariance = draws.Average(draw => (draw[a] - meanA) * (draw[b] - meanB));
        double spread = Math.Sqrt(posterior.Variance[a] * posterior.Variance[b]);
        expected.Should().BeGreaterThan(0.3 * spread);
        covariance.Should().BeApproximately(expected, 5.0 * Math.Sqrt(2.0 / Draws) * spread);
    }

    [Fact]
    public void The_same_seed_gives_the_same_draw_and_another_seed_another()
    {
        var posterior = Posterior.Condition(
            Scenes.Model(60, 2, KernelKind.Matern52), Scenes.RandomObservations(60, 6));
        Draw(posterior, 4).Should().Equal(Draw(posterior, 4));
        Draw(posterior, 4).Should().NotEqual(Draw(posterior, 5));
    }

    private static double[] Draw(Posterior posterior, ulong seed)
    {
        double[] draw = new double[posterior.Model.Count];
        posterior.Draw(seed, 256, draw);
        return draw;
    }

    private static double Covariance(Posterior posterior, int a, int b)
    {
        double drop = posterior.Variance[a] - posterior.Believe(b).Variance[a];
        return Math.Sqrt(drop * (posterior.Variance[b] + posterior.NoiseVariance));
    }

    private static (int A, int B) ClosePair(Posterior posterior) => (
        from a in Enumerable.Range(0, 60)
        from b in Enumerable.Range(0, 60)
        where a != b
        orderby Covariance(posterior, a, b)
            / Math.Sqrt(posterior.Variance[a] * posterior.Variance[b]) descending
        select (a, b)).First(pair => posterior.Variance[pair.a] > 20.0);
}
