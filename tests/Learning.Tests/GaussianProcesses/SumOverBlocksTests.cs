using DklActors.Learning.Features;
using DklActors.Learning.GaussianProcesses;
using DklActors.Learning.Kernels;
using DklActors.Learning.Randomness;
using MathNet.Numerics.LinearAlgebra;

namespace DklActors.Learning.Tests.GaussianProcesses;

public sealed class SumOverBlocksTests
{
    private const int Count = 19;
    private const int Dimension = 6;

    private static readonly FeatureSpan[] Three =
    [
        new("components", 0, 2, IsOneSpace: true), new("jets", 2, 2, IsOneSpace: false),
        new("position", 4, 2, IsOneSpace: true),
    ];

    private static readonly FeatureSpan[] Two = [new("jets", 0, 4, false), new("position", 4, 2, true)];

    private static readonly float[] Embedding = [.. Normal(Count * Dimension, 1).Select(value => (float)value)];
    private static readonly double[] Targets = Normal(Count, 2);
    private static readonly double[] Errors = [.. Normal(Count, 3).Select(value => 0.02 * value * value)];

    /// <summary>Kernel, sharing, blocks, and the lengthscale's index of every dimension.</summary>
    public static TheoryData<KernelKind, LengthscaleSharing, int, int[]> Variants()
    {
        var data = new TheoryData<KernelKind, LengthscaleSharing, int, int[]>();
        foreach (KernelKind kernel in Enum.GetValues<KernelKind>())
        {
            data.Add(kernel, LengthscaleSharing.PerDimension, 3, [0, 0, 1, 2, 3, 4]);
            data.Add(kernel, LengthscaleSharing.PerBlock, 3, [0, 0, 1, 1, 2, 2]);
            data.Add(kernel, LengthscaleSharing.All, 3, [0, 0, 1, 1, 2, 2]);
            data.Add(kernel, LengthscaleSharing.PerDimension, 2, [0, 1, 2, 3, 4, 5]);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void The_value_is_that_of_a_dense_computation(
        KernelKind kernel, LengthscaleSharing sharing, int blocks, int[] lengthscaleOf)
    {
        HyperparameterLayout layout = Layout(kernel, sharing, blocks);
        double[] values = Moved(layout);
        double found = new MarginalLikelihood(layout, Targets, Errors)
            .Evaluate(Embedding, values, new double[layout.Count], []);
        found.Should().BeApproximately(Dense(kernel, BlocksOf(blocks), lengthscaleOf, values), 1e-10);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Slopes_of_hyperparameters_and_embedding_are_those_of_finite_differences(
        KernelKind kernel, LengthscaleSharing sharing, int blocks, int[] lengthscaleOf)
    {
        HyperparameterLayout layout = Layout(kernel, sharing, blocks);
        layout.GroupCount.Should().Be(lengthscaleOf[^1] + 1);
        var likelihood = new MarginalLikelihood(layout, Targets, Errors);
        double[] values = Moved(layout), gradient = new double[layout.Count];
        double[] embeddingGradient = new double[Embedding.Length];
        likelihood.Evaluate(Embedding, values, gradient, embeddingGradient);

        for (int i = 0; i < values.Length; i++)
        {
            const double Step = 1e-5;
            double slope = (At(values, i, Step) - At(values, i, -Step)) / (2.0 * Step);
            gradient[i].Should().BeApproximately(slope, 1e-6 * (1.0 + Math.Abs(slope)), $"hyperparameter {i}");
        }

        for (int i = 0; i < Embedding.Length; i++)
        {
            float[] up = [.. Embedding], down = [.. Embedding];
            up[i] += 1e-3f;
            down[i] -= 1e-3f;
            double slope = (Value(up, values) - Value(down, values)) / ((double)up[i] - down[i]);
            embeddingGradient[i].Should().BeApproximately(slope, 3e-5 * (1.0 + Math.Abs(slope)), $"embedding {i}");
        }

        double At(double[] around, int index, double step)
        {
            double[] moved = [.. around];
            moved[index] += step;
            return Value(Embedding, moved);
        }

        double Value(float[] embedding, double[] at) =>
            likelihood.Evaluate(embedding, at, new double[layout.Count], new double[embedding.Length]);
    }

    [Fact]
    public void One_block_alone_is_the_product()
    {
        var options = new ProcessOptions { Lengthscales = LengthscaleSharing.PerDimension };
        var product = new HyperparameterLayout(options, Dimension, [.. Two]);
        var sum = new HyperparameterLayout(
            options with { Structure = KernelStructure.SumOverBlocks }, Dimension,
            [new FeatureSpan("jets", 0, Dimension, IsOneSpace: false)]);
        double[] values = Moved(product);
        double[] productSlopes = new double[product.Count], sumSlopes = new double[sum.Count];
        new MarginalLikelihood(sum, Targets, Errors).Evaluate(Embedding, values, sumSlopes, []).Should()
            .Be(new MarginalLikelihood(product, Targets, Errors).Evaluate(Embedding, values, productSlopes, []));
        sumSlopes.Should().Equal(productSlopes);
        sum.Start().Should().Equal(product.Start());
    }

    [Fact]
    public void Each_block_has_the_priors_that_its_kind_asks_for()
    {
        var options = new ProcessOptions
        {
            Structure = KernelStructure.SumOverBlocks,
            LengthscalePrior = new(2.0, 1.0), PositionLengthscalePrior = new(0.5, 0.25),
            VariancePrior = new(3.0, 1.0), FurtherVariancePrior = new(0.125, 0.5), NoisePrior = new(0.01, 1.0),
        };
        var layout = new HyperparameterLayout(options, Dimension, [.. Three]);
        KernelParameters start = layout.Parameters(layout.Start());
        double own = 2.0 * Math.Sqrt(2.0), position = 0.5 * Math.Sqrt(2.0);
        double[] expected = [own, own, own, own, position, position];
        start.Lengthscales.Should().HaveCount(Dimension);
        for (int d = 0; d < Dimension; d++)
        {
            start.Lengthscales[d].Should().BeApproximately(expected[d], 1e-12);
        }

        // The jets are the first block of unlike quantities: they carry the sum.
        start.Terms.Select(term => (term.FirstDimension, term.DimensionCount)).Should()
            .Equal((0, 2), (2, 2), (4, 2));
        start.Terms.Select(term => Math.Round(term.Variance, 12)).Should().Equal(0.125, 3.0, 0.125);
        start.Variance.Should().BeApproximately(3.25, 1e-12);
        start.NoiseVariance.Should().BeApproximately(0.01 + options.LeastNoiseVariance, 1e-15);

        // Components share a lengthscale, jets and position do not.
        layout.GroupCount.Should().Be(5);

        // A quarter off position's median of deviation 0.25 costs half a nat, and nothing else has moved.
        double[] moved = layout.Start();
        moved[3] += 0.25;
        double[] slopes = new double[layout.Count];
        layout.Penalty(moved, slopes).Should().BeApproximately(0.5, 1e-12);
        slopes[3].Should().BeApproximately(4.0, 1e-12);
        slopes.Where((_, i) => i != 3).Should().OnlyContain(slope => Math.Abs(slope) < 1e-12);
    }

    [Fact]
    public void Where_nothing_but_position_is_known_position_carries_the_sum()
    {
        var options = new ProcessOptions { Structure = KernelStructure.SumOverBlocks };
        var layout = new HyperparameterLayout(options, 2, [new FeatureSpan("position", 0, 2, IsOneSpace: true)]);
        KernelParameters start = layout.Parameters(layout.Start());
        layout.GroupCount.Should().Be(2, "samples have layers");
        start.Variance.Should().BeApproximately(options.VariancePrior.Median, 1e-12);
        start.Lengthscales[0].Should().BeApproximately(
            options.PositionLengthscalePrior.Median * Math.Sqrt(2.0), 1e-12);
    }

    [Fact]
    public void A_product_has_one_term_and_the_lengthscales_of_its_sharing_whatever_the_blocks()
    {
        (LengthscaleSharing Sharing, int Groups)[] cases =
            [(LengthscaleSharing.PerDimension, 6), (LengthscaleSharing.PerBlock, 3), (LengthscaleSharing.All, 1)];
        foreach ((LengthscaleSharing sharing, int groups) in cases)
        {
            var options = new ProcessOptions { Lengthscales = sharing };
            var layout = new HyperparameterLayout(options, Dimension, [.. Three]);
            (layout.GroupCount, layout.TermCount, layout.Count).Should().Be((groups, 1, groups + 3));
            KernelParameters start = layout.Parameters(layout.Start());
            start.Terms.Should().Equal(new KernelTerm(0, Dimension, start.Variance));
            start.Lengthscales.Should().OnlyContain(
                value => Math.Abs(value - (options.LengthscalePrior.Median * Math.Sqrt(Dimension))) < 1e-12);
        }
    }

    [Fact]
    public void Threads_change_no_bit_of_value_or_slopes()
    {
        const int Many = 130;
        float[] embedding = [.. Normal(Many * Dimension, 6).Select(value => (float)value)];
        double[] targets = Normal(Many, 7);
        HyperparameterLayout layout = Layout(KernelKind.Matern52, LengthscaleSharing.PerDimension, 3);
        double[] values = Moved(layout), one = new double[layout.Count], three = new double[layout.Count];
        double[] oneSlopes = new double[embedding.Length], threeSlopes = new double[embedding.Length];
        double first = new MarginalLikelihood(layout, targets, new double[Many], 1)
            .Evaluate(embedding, values, one, oneSlopes);
        double second = new MarginalLikelihood(layout, targets, new double[Many], 3)
            .Evaluate(embedding, values, three, threeSlopes);
        second.Should().Be(first);
        three.Should().Equal(one);
        threeSlopes.Should().Equal(oneSlopes);
    }

    private static FeatureSpan[] BlocksOf(int count) => count == 3 ? Three : Two;

    private static HyperparameterLayout Layout(KernelKind kernel, LengthscaleSharing sharing, int blocks) => new(
        new ProcessOptions { Kernel = kernel, Lengthscales = sharing, Structure = KernelStructure.SumOverBlocks },
        Dimension, [.. BlocksOf(blocks)]);

    // ½vᵀA⁻¹v + ½log|A| + N/2·log 2π, element by element and with MathNet.
    private static double Dense(KernelKind kernel, FeatureSpan[] blocks, int[] lengthscaleOf, double[] values)
    {
        int groups = lengthscaleOf[^1] + 1;
        double noise = Math.Exp(values[groups + blocks.Length]) + new ProcessOptions().LeastNoiseVariance;
        Matrix<double> a = Matrix<double>.Build.Dense(Count, Count, (i, j) =>
        {
            double sum = i == j ? noise + Errors[i] : 0.0;
            for (int t = 0; t < blocks.Length; t++)
            {
                double squared = Enumerable.Range(blocks[t].First, blocks[t].Width).Sum(d => Math.Pow(
                    ((double)Embedding[(i * Dimension) + d] - Embedding[(j * Dimension) + d])
                    / Math.Exp(values[lengthscaleOf[d]]), 2));
                double r = Math.Sqrt(5.0 * squared);
                sum += Math.Exp(values[groups + t]) * (kernel == KernelKind.Rbf
                    ? Math.Exp(-0.5 * squared)
                    : (1.0 + r + (r * r / 3.0)) * Math.Exp(-r));
            }

            return sum;
        });
        Vector<double> v = Vector<double>.Build.Dense(Count, i => Targets[i] - values[^1]);
        return (0.5 * (v * a.Inverse() * v)) + (0.5 * Math.Log(a.Determinant()))
            + (0.5 * Count * Math.Log(2.0 * Math.PI));
    }

    private static double[] Moved(HyperparameterLayout layout)
    {
        double[] steps = Normal(layout.Count, 4);
        return [.. layout.Start().Select((value, i) => value + (0.4 * steps[i]))];
    }

    private static double[] Normal(int count, ulong index)
    {
        SeededRandom random = SeededRandom.Derive(23, RandomPurpose.SeedDesign, index);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextGaussian())];
    }
}
