using System.Collections.Concurrent;

namespace DklActors.Torch.Runtimes;

/// <summary>
/// Lets libtorch load what it loads when a GPU is first used, before several threads ask for it at once: then libtorch
/// 2.11 fails all but one of them with "lazy wrapper should be called at most once".
/// </summary>
internal static class FirstUse
{
    private static readonly ConcurrentDictionary<string, Lazy<bool>> Devices = new();

    /// <summary>Returns when it is done, by whichever thread; does nothing for a processor.</summary>
    public static void Of(Device device)
    {
        if (device.type != DeviceType.CPU)
        {
            _ = Devices.GetOrAdd(device.ToString()!, _ => new Lazy<bool>(() => Use(device))).Value;
        }
    }

    private static bool Use(Device device)
    {
        using var scope = torch.NewDisposeScope();

        // The thread that goes backwards needs a context of the GPU before it multiplies matrices; any operation does.
        nn.Parameter(torch.ones([1], float32, device)).square().sum().backward();
        using IDisposable silent = torch.no_grad();
        Tensor matrix = torch.eye(2, dtype: float64, device: device);
        (Tensor factor, _) = linalg.cholesky_ex(matrix);
        Tensor solved = linalg.solve_triangular(factor, matrix, upper: false);
        return torch.matmul(solved.to(float32), solved.to(float32)).sum().item<float>() > 0.0f;
    }
}
