using DklActors.Learning.GaussianProcesses;
using DklActors.Learning.Kernels;
using DklActors.Learning.Networks;
using DklActors.Torch.Tests.TestSupport;

namespace DklActors.Torch.Tests.Engines;

/// <summary>The loss and its slopes, the managed engine's beside libtorch's.</summary>
public sealed class AgreementTests
{
    public static TheoryData<KernelKind, LengthscaleSharing, KernelStructure> Processes()
    {
        var data = new TheoryData<KernelKind, LengthscaleSharing, KernelStructure>();
        foreach (KernelKind kernel in Enum.GetValues<KernelKind>())
        {
            foreach (LengthscaleSharing sharing in Enum.GetValues<LengthscaleSharing>())
            {
                foreach (KernelStructure structure in Enum.GetValues<KernelStructure>())
                {
                    data.Add(kernel, sharing, structure);
                }
            }
        }

        return data;
    }

    public static TheoryData<SkipConnection, Activation, int> Networks() => new()
    {
        { SkipConnection.Identity, Activation.Tanh, 1 },
        { SkipConnection.Identity, Activation.Relu, 2 },
        { SkipConnection.None, Activation.Tanh, 2 },
        { SkipConnection.None, Activation.Relu, 3 },
    };

    /// <summary>Without a network both are float64 from the features on: they differ by rounding alone.</summary>
    [TorchTheory]
    [MemberData(nameof(Processes))]
    public void In_float64_they_agree_to_nine_digits(
        KernelKind kernel, LengthscaleSharing sharing, KernelStructure structure)
    {
        var problem = new LossProblem(
            new ProcessOptions { Kernel = kernel, Lengthscales = sharing, Structure = structure }, NetworkOptions.None);
        LossProblem.Outcome managed = problem.Managed();
        foreach (bool mayWait in new[] { true, false })
        {
            LossProblem.Outcome torch = problem.Torch(float32, mayWait);

            torch.Loss.Should().BeApproximately(managed.Loss, 1e-9 * Math.Abs(managed.Loss));
            ShouldAgree(torch.Hyperparameters, managed.Hyperparameters, 1e-9);
        }
    }

    /// <summary>With a float32 network on either side.</summary>
    [TorchTheory]
    [MemberData(nameof(Networks))]
    public void In_float32_they_agree_to_four_digits(SkipConnection skip, Activation activation, int layers)
    {
        LossProblem problem = WithNetwork(skip, activation, layers);
        LossProblem.Outcome managed = problem.Managed(), torch = problem.Torch(float32);

        torch.Loss.Should().BeApproximately(managed.Loss, 1e-4 * Math.Abs(managed.Loss));
        ShouldAgree(torch.Hyperparameters, managed.Hyperparameters, 1e-4);
        ShouldAgree(torch.Weights, managed.Weights, 1e-4);
    }

    /// <summary>The managed network has no float64; differences of the float64 loss itself judge its slopes.</summary>
    [TorchTheory]
    [MemberData(nameof(Networks))]
    public void A_float64_networks_slopes_are_those_of_finite_differences(
        SkipConnection skip, Activation activation, int layers)
    {
        const double Step = 1e-5;
        LossProblem problem = WithNetwork(skip, activation, layers);
        LossProblem.Outcome outcome = problem.Torch(float64);
        double[] slopes = [.. outcome.Weights, .. outcome.Hyperparameters];
        double greatest = slopes.Max(Math.Abs);
        int every = Math.Max(1, slopes.Length / 40);
        for (int i = 0; i < slopes.Length; i += every)
        {
            double difference =
                (problem.Torch(float64, change: (i, Step)).Loss - problem.Torch(float64, change: (i, -Step)).Loss)
                / (2.0 * Step);
            slopes[i].Should().BeApproximately(difference, 1e-8 * greatest, $"of number {i} of {slopes.Length}");
        }
    }

    [TorchFact]
    public void A_matrix_that_does_not_factorise_gives_no_loss_on_the_way_of_a_gpu()
    {
        var problem = new LossProblem(new ProcessOptions(), NetworkOptions.None);
        problem.Hyperparameters[^1] = double.NaN;
        problem.Torch(float32, mayWait: false).Loss.Should().Be(double.NaN);
    }

    [TorchTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_best_step_lets_go_of_those_before_it(bool mayWait) =>
        WithNetwork(SkipConnection.None, Activation.Tanh, 2).KeepsItsPast(mayWait).Should().BeFalse();

    private static LossProblem WithNetwork(SkipConnection skip, Activation activation, int layers) => new(
        new ProcessOptions(),
        new NetworkOptions
        {
            HiddenWidths = [.. new[] { 9, 7, 5 }.Take(layers)],
            EmbeddingDimension = skip == SkipConnection.None ? 3 : 0,
            Skip = skip,
            Activation = activation,
        });

    private static void ShouldAgree(double[] found, double[] expected, double tolerance)
    {
        found.Should().HaveSameCount(expected);
        double greatest = expected.Max(Math.Abs);
        greatest.Should().BeGreaterThan(1e-3);
        for (int i = 0; i < expected.Length; i++)
        {
            found[i].Should().BeApproximately(expected[i], tolerance * greatest, $"number {i}");
        }
    }
}
