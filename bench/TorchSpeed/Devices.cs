using DklActors.Torch.Runtimes;

namespace DklActors.TorchSpeed;

/// <summary>What there is to compute on.</summary>
internal static class Devices
{
    /// <param name="threads">Threads of an operation on the processor; the engine itself takes one.</param>
    public static string[] All(int threads)
    {
        TensorRuntime.Require(torch.CPU);
        torch.set_num_threads(threads);
        return [.. cuda.is_available() ? new[] { "cuda:0" } : [], "cpu"];
    }
}
