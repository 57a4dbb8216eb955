using DklActors.Learning.Engines;
using DklActors.Learning.GaussianProcesses;
using DklActors.Learning.Kernels;
using DklActors.Learning.Networks;
using DklActors.Learning.Randomness;

namespace DklActors.Learning.Tests.GaussianProcesses;

public sealed class MultiOutputLikelihoodTests
{
    private const int Points = 13;
    private const int Dimension = 3;

    [Fact]
    public void One_output_is_the_scalar_process_bit_for_bit()
    {
        (double[][] targets, double[][] errors) = Outputs(1);
        HyperparameterLayout layout = Layout();
        var many = new MultiOutputLikelihood(layout, targets, errors);
        var one = new MarginalLikelihood(layout, targets[0], errors[0]);
        double[] values = Around(layout.Start());
        double[] manyGradient = new double[values.Length], oneGradient = new double[values.Length];
        double[] manySlopes = new double[Points * Dimension], oneSlopes = new double[Points * Dimension];

        many.HyperparameterCount.Should().Be(layout.Count);
        many.Start().Should().Equal(layout.Start());
        many.Evaluate(Embedding(), values, manyGradient, manySlopes)
            .Should().Be(one.Evaluate(Embedding(), values, oneGradient, oneSlopes));
        many.Penalty(values, manyGradient).Should().Be(one.Penalty(values, oneGradient));
        manyGradient.Should().Equal(oneGradient);
        manySlopes.Should().Equal(oneSlopes);
    }

    [Fact]
    public void The_value_is_the_sum_over_stretched_outputs_and_every_prior_counts_once()
    {
        (double[][] targets, double[][] errors) = Outputs(3);
        HyperparameterLayout layout = Layout();
        var many = new MultiOutputLikelihood(layout, targets, errors);
        double[] values = Around(many.Start());

        double sum = 0.0, prior = 0.0;
        for (int q = 0; q < 3; q++)
        {
            double[] of = many.Of(q, values);
            int start = layout.GroupCount + (q * layout.Count);
            for (int i = 0; i < layout.GroupCount; i++)
            {
                of[i].Should().BeApproximately(values[i] + values[start + 3 + i], 1e-15);
            }

            sum += new MarginalLikelihood(layout, targets[q], errors[q])
                .Evaluate(Embedding(), of, new double[layout.Count], []);
            prior += Enumerable.Range(0, 3).Sum(i => layout.PenaltyOf(layout.GroupCount + i, values[start + i]).Value);
            prior += values[(start + 3)..(start + layout.Count)].Sum(log => 0.5 * Math.Pow(log / 0.7, 2.0));
        }

        prior += Enumerable.Range(0, layout.GroupCount).Sum(i => layout.PenaltyOf(i, values[i]).Value);
        many.Evaluate(Embedding(), values, new double[values.Length], []).Should().BeApproximately(sum, 1e-12);
        many.Penalty(values, new double[values.Length]).Should().BeApproximately(prior, 1e-12);
    }

    [Theory]
    [InlineData(KernelKind.Rbf)]
    [InlineData(KernelKind.Matern52)]
    public void Gradients_through_kernel_and_network_are_those_of_finite_differences(KernelKind kernel)
    {
        (double[][] targets, double[][] errors) = Outputs(4);
        var network = new EmbeddingNetwork(new NetworkOptions { HiddenWidths = [5] }, Dimension);
        var likelihood = new MultiOutputLikelihood(Layout(kernel), targets, errors);
        var loss = new DeepKernelLoss(network, likelihood, Embedding(), Points, weightDecay: 0.7, threads: 1);
        SeededRandom random = SeededRandom.Derive(4, RandomPurpose.NetworkWeights);
        float[] weights =
            [.. Enumerable.Range(0, network.ParameterCount).Select(_ => (float)(0.5 * random.NextGaussian()))];
        double[] values = Around(likelihood.Start());
        float[] weightGradient = new float[weights.Length];
        double[] gradient = new double[values.Length];
        loss.Evaluate(weights, values, weightGradient, gradient);

        for (int i = 0; i < values.Length; i++)
        {
            double slope = (At(weights, i, 1e-5) - At(weights, i, -1e-5)) / 2e-5;
            gradient[i].Should().BeApproximately(slope, 1e-6 * (1.0 + Math.Abs(slope)), $"hyperparameter {i}");
        }

        // The network is float32: its slopes are good to some 1e-3 of the greatest.
        double greatest = weightGradient.Max(Math.Abs);
        for (int i = 0; i < weights.Length; i++)
        {
            float[] up = [.. weights], down = [.. weights];
            up[i] += 4e-3f;
            down[i] -= 4e-3f;
            double slope = (At(up, 0, 0.0) - At(down, 0, 0.0)) / ((double)up[i] - down[i]);
            ((double)weightGradient[i]).Should().BeApproximately(slope, 4e-3 * greatest, $"weight {i}");
        }

        double At(float[] at, int index, double step)
        {
            double[] moved = [.. values];
            moved[index] += step;
            return loss.Evaluate(at, moved, new float[at.Length], new double[moved.Length]);
        }
    }

    private static HyperparameterLayout Layout(KernelKind kernel = KernelKind.Matern52) => new(
        new ProcessOptions { Kernel = kernel, Lengthscales = LengthscaleSharing.PerDimension }, Dimension, []);

    private static (double[][] Targets, double[][] Errors) Outputs(int count)
    {
        SeededRandom random = SeededRandom.Derive(1, RandomPurpose.SeedDesign);
        double[][] targets = new double[count][], errors = new double[count][];
        for (int q = 0; q < count; q++)
        {
            targets[q] = [.. Enumerable.Range(0, Points).Select(_ => random.NextGaussian())];
            errors[q] = [.. Enumerable.Range(0, Points).Select(_ => 0.05 * random.NextDouble())];
        }

        return (targets, errors);
    }

    private static float[] Embedding()
    {
        SeededRandom random = SeededRandom.Derive(2, RandomPurpose.SeedDesign);
        return [.. Enumerable.Range(0, Points * Dimension).Select(_ => (float)random.NextGaussian())];
    }

    private static double[] Around(double[] start)
    {
        SeededRandom random = SeededRandom.Derive(3, RandomPurpose.SeedDesign);
        return [.. start.Select(value => value + (0.3 * random.NextGaussian()))];
    }
}
