namespace DklActors.Torch.Runtimes;

/// <summary>What the engine needs of its tensor library beyond tensors; here, of this repository's binding.</summary>
public static class TensorRuntime
{
    private static readonly Lazy<bool> IsSerial = new(() =>
    {
        // Sums depend on how they are split among threads. One thread gives one result, and several models at a time
        // fill the machine all the same.
        torch.set_num_threads(1);
        return true;
    });

    /// <summary>Why there is nothing to compute with, and what to do; null where there is.</summary>
    public static string? Absence => TorchLibrary.Absence;

    /// <summary>Such as <c>libtorch 1.13.0</c>.</summary>
    public static string Version => $"libtorch {__version__}";

    /// <summary>What it can compute on, in words.</summary>
    public static string Devices => cuda.device_count() switch
    {
        0 => "no GPU",
        1 => "1 GPU",
        int count => $"{count} GPUs",
    };

    /// <summary>Where the library lies.</summary>
    public static string? Place => TorchLibrary.Path;

    /// <exception cref="TorchAbsentException">There is no library, or no such device.</exception>
    public static void Require(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        TorchLibrary.Require();
        if (device.type == DeviceType.CUDA && cuda.device_count() <= Math.Max(device.index, 0))
        {
            throw new TorchAbsentException(
                $"There is no device {device}: this {Version} sees {cuda.device_count()} GPUs. Use device cpu, or a " +
                "libtorch with CUDA on a machine that has one.");
        }

        _ = IsSerial.Value;
        FirstUse.Of(device);
    }

    /// <summary>
    /// Lets this thread work beside others on a GPU until it is disposed of; elsewhere threads do so anyway.
    /// </summary>
    internal static IDisposable? OwnStream(Device device) =>
        device.type == DeviceType.CUDA ? new DeviceStream(Math.Max(device.index, 0)) : null;

    /// <summary>Records a step that waits for nothing, without doing it; null where that is not possible.</summary>
    internal static IRecordedStep? TryRecord(Device device, Action step) =>
        device.type == DeviceType.CUDA ? DeviceGraph.TryRecord(step) : null;
}
