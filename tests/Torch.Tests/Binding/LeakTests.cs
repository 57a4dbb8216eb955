using System.Diagnostics;
using DklActors.Torch.Tests.TestSupport;

namespace DklActors.Torch.Tests.Binding;

/// <summary>Counts every tensor of the process, so that no other test may make any meanwhile.</summary>
[CollectionDefinition(nameof(LeakTests), DisableParallelization = true)]
[Collection(nameof(LeakTests))]
public sealed class LeakTests
{
    private const int Iterations = 100_000;
    private const int Parts = 4;

    // Heaps and compiled code of .NET grow in the beginning, by a hundred megabytes on a machine of many cores.
    private const int IterationsUntilSettled = 25_000;
    private const long MostGrowthBytes = 16 << 20;

    [TorchFact]
    public void A_hundred_thousand_iterations_leave_no_tensor_and_no_memory_behind()
    {
        var parameter = nn.Parameter(torch.tensor([0.5, -0.5], [1, 2])).DetachFromDisposeScope();
        using var adam = optim.Adam([(Parameter)parameter], lr: 1e-3);
        Repeat(parameter, adam, IterationsUntilSettled);
        List<long> bytes = [ResidentBytes()];
        long tensors = TorchLibrary.LiveTensors;
        for (int part = 0; part < Parts; part++)
        {
            Repeat(parameter, adam, Iterations / Parts);
            bytes.Add(ResidentBytes());
        }

        // What is left of the gradient of the last iteration was left of the one before as well.
        TorchLibrary.LiveTensors.Should().Be(tensors);
        (bytes[^1] - bytes[0]).Should().BeLessThan(MostGrowthBytes, $"it was {string.Join(", then ", bytes)}");
        parameter.Dispose();
    }

    [TorchFact]
    public void What_nobody_disposes_of_the_finaliser_frees()
    {
        _ = ResidentBytes();
        long tensors = TorchLibrary.LiveTensors;
        MakeAndForget();
        for (int i = 0; i < 10 && TorchLibrary.LiveTensors > tensors; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        TorchLibrary.LiveTensors.Should().Be(tensors);

        static void MakeAndForget()
        {
            for (int i = 0; i < 100; i++)
            {
                _ = torch.zeros([10]);
            }
        }
    }

    // Whatever hands out a tensor, and a failure, is in it.
    private static void Repeat(Tensor parameter, Adam adam, int count)
    {
        for (int i = 0; i < count; i++)
        {
            using var scope = torch.NewDisposeScope();
            adam.zero_grad();
            Tensor points = torch.tensor([1.0, 2.0, 3.0, 5.0], [2, 2]);
            Tensor[] parts = parameter.reshape(2).split([1, 1]);
            Tensor matrix = torch.matmul(points.t(), points) + torch.eye(2, float64);
            (Tensor factor, Tensor info) = linalg.cholesky_ex(matrix);
            Tensor value = torch.where(info.to(torch.@bool), points, torch.cholesky_inverse(factor)).sum();
            (value * torch.cat(parts).square().sum()).backward();
            adam.step();
            if (i % 100 == 0)
            {
                Action failing = () => torch.matmul(points, torch.zeros([3, 3], float64));
                failing.Should().Throw<TorchException>();
            }
        }
    }

    private static long ResidentBytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
