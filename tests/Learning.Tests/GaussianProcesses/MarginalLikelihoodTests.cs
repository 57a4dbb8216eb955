using DklActors.Learning.GaussianProcesses;
using DklActors.Learning.Kernels;

namespace DklActors.Learning.Tests.GaussianProcesses;

public sealed class MarginalLikelihoodTests
{
    private static readonly float[] Embedding = [0.0f, 0.0f, 0.5f, -1.0f, 1.25f, 0.75f, -0.5f, 2.0f, 2.0f, -0.25f];
    private static readonly double[] Targets = [0.3, -1.1, 0.9, 1.4, -0.6];
    private static readonly double[] Errors = [0.01, 0.0, 0.04, 0.0025, 0.0];

    // ½vᵀA⁻¹v + ½log|A| + 5/2·log 2π by numpy.linalg.solve and slogdet; lengthscales 0.8 and 1.5, s = 1.3,
    // noise variance 0.05, mean 0.2.
    [Theory]
    [InlineData(KernelKind.Rbf, 7.23669355890879)]
    [InlineData(KernelKind.Matern52, 7.16921059999731)]
    public void The_value_is_that_of_numpy(KernelKind kind, double expected)
    {
        var options = new ProcessOptions
        {
            Kernel = kind,
            Lengthscales = LengthscaleSharing.PerDimension,
            LeastNoiseVariance = 1e-5,
        };
        var layout = new HyperparameterLayout(options, 2, []);
        var likelihood = new MarginalLikelihood(layout, Targets, Errors);
        double[] values = [Math.Log(0.8), Math.Log(1.5), Math.Log(1.3), Math.Log(0.05 - 1e-5), 0.2];
        likelihood.Evaluate(Embedding, values, new double[5], []).Should().BeApproximately(expected, 1e-11);
        likelihood.Jitter.Should().Be(0.0);
    }

    [Fact]
    public void Priors_are_least_at_their_medians_and_scale_lengthscales_with_the_dimension()
    {
        var options = new ProcessOptions { LengthscalePrior = new LogNormalPrior(1.5, 0.5) };
        var layout = new HyperparameterLayout(options, 9, []);
        double[] start = layout.Start();
        layout.Parameters(start).Lengthscales.Should().OnlyContain(value => Math.Abs(value - (1.5 * 3.0)) < 1e-12);
        layout.Penalty(start, new double[layout.Count]).Should().BeApproximately(0.0, 1e-12);
        start[0] += 0.5;
        layout.Penalty(start, new double[layout.Count]).Should().BeApproximately(0.5, 1e-12);
    }
}
