using System.Collections.Immutable;
using DklActors.Learning.Engines;
using DklActors.Learning.Ensembles;
using DklActors.Learning.Kernels;
using DklActors.Learning.Tests.TestSupport;
using DklActors.Messages.Scalars;
using MathNet.Numerics.Distributions;

namespace DklActors.Learning.Tests.Ensembles;

public sealed class LeaveOneOutTests
{
    private const int Candidates = 120;

    [Theory]
    [InlineData(KernelKind.Rbf, 1)]
    [InlineData(KernelKind.Rbf, 21)]
    [InlineData(KernelKind.Matern52, 2)]
    [InlineData(KernelKind.Matern52, 33)]
    public void They_are_what_conditioning_on_all_the_others_gives(KernelKind kind, int count)
    {
        ProcessModel model = Scenes.SumModel(Candidates, kind);
        ImmutableArray<Observation> observations = Scenes.RandomObservations(Candidates, count);
        var left = LeaveOneOut.Of(model, observations);
        double[] densities = left.LogDensities(observations);
        for (int i = 0; i < count; i++)
        {
            (double[] mean, double[] variance) = DenseReference.Predict(model, observations.RemoveAt(i));
            int candidate = observations[i].Candidate;
            double expected = variance[candidate] + (0.02 * 144.0) + Math.Pow(observations[i].StandardError, 2);
            left.Means[i].Should().BeApproximately(mean[candidate], 1e-8 * 50.0);
            left.Variances[i].Should().BeApproximately(expected, 1e-8 * expected);
            densities[i].Should().BeApproximately(
                Normal.PDFLn(mean[candidate], Math.Sqrt(expected), observations[i].Value), 1e-7);
        }
    }

    [Fact]
    public void Repeated_measurements_of_one_point_predict_each_other()
    {
        ProcessModel model = Scenes.Model(Candidates, 2, KernelKind.Matern52);
        var left = LeaveOneOut.Of(model, [new(4, 70.0, 0.1), new(4, 71.0, 0.1), new(4, 75.0, 0.1)]);
        left.Means[2].Should().BeInRange(69.0, 71.0);
        left.Variances.Should().OnlyContain(variance => variance < 3.0 * 0.02 * 144.0);
    }

    [Fact]
    public void Scalars_whose_squares_are_beyond_float64_are_refused_with_a_remedy()
    {
        ProcessModel model = Scenes.Model(Candidates, 2, KernelKind.Matern52);
        var tiny = new ProcessModel(
            3, 2, model.Embeddings, model.Kernel, new TargetScaling(0.0, 1e-160));
        Action leaving = () => LeaveOneOut.Of(tiny, [new(4, 1e-160, 0.0), new(40, 2e-160, 0.0)]);
        leaving.Should().Throw<TrainingFailedException>().WithMessage("*odel 3*");
    }
}
