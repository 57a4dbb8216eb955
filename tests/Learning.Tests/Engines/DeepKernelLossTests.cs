using DklActors.Learning.Engines;
using DklActors.Learning.Features;
using DklActors.Learning.GaussianProcesses;
using DklActors.Learning.Kernels;
using DklActors.Learning.Networks;
using DklActors.Learning.Randomness;

namespace DklActors.Learning.Tests.Engines;

public sealed class DeepKernelLossTests
{
    private const int Count = 17;
    private const int Features = 6;

    public static TheoryData<KernelKind, LengthscaleSharing, SkipConnection, Activation> Variants()
    {
        var data = new TheoryData<KernelKind, LengthscaleSharing, SkipConnection, Activation>();
        foreach (KernelKind kernel in Enum.GetValues<KernelKind>())
        {
            foreach (LengthscaleSharing sharing in Enum.GetValues<LengthscaleSharing>())
            {
                data.Add(kernel, sharing, SkipConnection.Identity, Activation.Tanh);
                data.Add(kernel, sharing, SkipConnection.None, Activation.Tanh);
            }

            data.Add(kernel, LengthscaleSharing.PerDimension, SkipConnection.None, Activation.Relu);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Gradients_are_those_of_finite_differences(
        KernelKind kernel, LengthscaleSharing sharing, SkipConnection skip, Activation activation)
    {
        Problem problem = Build(kernel, sharing, skip, activation);
        float[] weightGradient = new float[problem.Weights.Length];
        double[] hyperGradient = new double[problem.Hyperparameters.Length];
        problem.Loss.Evaluate(problem.Weights, problem.Hyperparameters, weightGradient, hyperGradient);

        for (int i = 0; i < hyperGradient.Length; i++)
        {
            double slope = problem.HyperparameterSlope(i, 1e-5);
            hyperGradient[i].Should().BeApproximately(slope, 1e-6 * (1.0 + Math.Abs(slope)), $"hyperparameter {i}");
        }

        // The network is float32: its slopes are good to some 1e-3 of the greatest.
        double greatest = weightGradient.Max(Math.Abs);
        greatest.Should().BeGreaterThan(1e-3);
        for (int i = 0; i < weightGradient.Length; i++)
        {
            ((double)weightGradient[i]).Should().BeApproximately(
                problem.WeightSlope(i, 4e-3f), 4e-3 * greatest, $"weight {i}");
        }
    }

    [Fact]
    public void With_the_identity_skip_the_first_embedding_is_the_features()
    {
        var network = new EmbeddingNetwork(new NetworkOptions { HiddenWidths = [9, 7] }, Features);
        float[] features = RandomFloats(Count * Features, 1.0, 4);
        network.Forward(network.Initialise(3), features, Count, network.CreateWorkspace(Count), 1)
            .ToArray().Should().Equal(features);
    }

    [Fact]
    public void A_plain_networks_first_embedding_can_be_given_mean_0_and_deviation_1()
    {
        var options = new NetworkOptions { HiddenWidths = [9], EmbeddingDimension = 2, Skip = SkipConnection.None };
        var network = new EmbeddingNetwork(options, Features);
        float[] features = RandomFloats(Count * Features, 1.0, 4);
        float[] weights = network.Initialise(3);
        network.NormaliseOutput(weights, features, Count, 1);
        float[] embedding = network.Forward(weights, features, Count, network.CreateWorkspace(Count), 1).ToArray();
        for (int d = 0; d < 2; d++)
        {
            double[] column = [.. Enumerable.Range(0, Count).Select(i => (double)embedding[(2 * i) + d])];
            column.Average().Should().BeApproximately(0.0, 1e-5);
            column.Average(value => value * value).Should().BeApproximately(1.0, 1e-4);
        }
    }

    private static Problem Build(
        KernelKind kernel, LengthscaleSharing sharing, SkipConnection skip, Activation activation)
    {
        var networkOptions = new NetworkOptions
        {
            HiddenWidths = [7, 5],
            EmbeddingDimension = skip == SkipConnection.None ? 3 : 0,
            Skip = skip,
            Activation = activation,
        };
        var network = new EmbeddingNetwork(networkOptions, Features);
        var layout = new HyperparameterLayout(
            new ProcessOptions { Kernel = kernel, Lengthscales = sharing }, network.Dimension,
            skip == SkipConnection.Identity
                ? [new FeatureSpan("a", 0, 3, false), new FeatureSpan("b", 3, 3, true)] : []);
        SeededRandom random = SeededRandom.Derive(11, RandomPurpose.SeedDesign);
        double[] targets = [.. Enumerable.Range(0, Count).Select(_ => random.NextGaussian())];
        double[] errors = [.. Enumerable.Range(0, Count).Select(_ => 0.05 * random.NextDouble())];
        double[] start = layout.Start();
        for (int i = 0; i < start.Length; i++)
        {
            start[i] += 0.3 * random.NextGaussian();
        }

        var loss = new DeepKernelLoss(
            network, layout, RandomFloats(Count * Features, 1.0, 5), targets, errors, weightDecay: 0.7, threads: 1);
        return new Problem(loss, RandomFloats(network.ParameterCount, 0.5, 6), start);
    }

    private static float[] RandomFloats(int count, double deviation, ulong index)
    {
        SeededRandom random = SeededRandom.Derive(21, RandomPurpose.NetworkWeights, index);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(deviation * random.NextGaussian()))];
    }

    private sealed record Problem(DeepKernelLoss Loss, float[] Weights, double[] Hyperparameters)
    {
        public double HyperparameterSlope(int index, double step) =>
            (At(Weights, Moved(Hyperparameters, index, step)) - At(Weights, Moved(Hyperparameters, index, -step)))
            / (2.0 * step);

        public double WeightSlope(int index, float step)
        {
            float[] up = [.. Weights], down = [.. Weights];
            up[index] += step;
            down[index] -= step;
            return (At(up, Hyperparameters) - At(down, Hyperparameters)) / ((double)up[index] - down[index]);
        }

        private double At(float[] weights, double[] hyperparameters) => Loss.Evaluate(
            weights, hyperparameters, new float[weights.Length], new double[hyperparameters.Length]);

        private static double[] Moved(double[] values, int index, double step)
        {
            double[] moved = [.. values];
            moved[index] += step;
            return moved;
        }
    }
}
