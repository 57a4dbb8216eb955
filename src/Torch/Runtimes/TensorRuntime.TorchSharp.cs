namespace DklActors.Torch.Runtimes;

/// <summary>What the engine needs of its tensor library beyond tensors; here, of the package TorchSharp.</summary>
public static class TensorRuntime
{
    private static readonly Lazy<string?> Trouble = new(() =>
    {
        try
        {
            set_num_threads(1);
            return null;
        }
        catch (Exception exception) when (exception is NotSupportedException or DllNotFoundException
            or TypeInitializationException)
        {
            return $"TorchSharp finds no libtorch: {exception.GetBaseException().Message} "
                    + "Add a package such as TorchSharp-cpu.";
        }
    });

    /// <summary>Why there is nothing to compute with, and what to do; null where there is.</summary>
    public static string? Absence => Trouble.Value;

    /// <summary>Such as <c>libtorch 2.10.0</c>.</summary>
    public static string Version => $"libtorch {__version__}";

    /// <summary>What it can compute on, in words.</summary>
    public static string Devices => cuda.device_count() switch
    {
        0 => "no GPU",
        1 => "1 GPU",
        int count => $"{count} GPUs",
    };

    /// <summary>Where the library lies.</summary>
    public static string? Place => "TorchSharp";

    /// <exception cref="TorchAbsentException">There is no library, or no such device.</exception>
    public static void Require(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        if (Absence is { } absence)
        {
            throw new TorchAbsentException(absence);
        }

        if (device.type == DeviceType.CUDA && cuda.device_count() <= Math.Max(device.index, 0))
        {
            throw new TorchAbsentException($"There is no device {device}. Use device cpu.");
        }

        FirstUse.Of(device);
    }

    /// <summary>TorchSharp has one stream for all threads.</summary>
    internal static IDisposable? OwnStream(Device device) => null;

    /// <summary>Takes over the values where the condition holds.</summary>
    internal static Tensor KeepWhere(this Tensor kept, Tensor condition, Tensor values) =>
        kept.copy_(torch.where(condition, values, kept));

    /// <summary>TorchSharp has no graphs.</summary>
    internal static IRecordedStep? TryRecord(Device device, Action step) => null;
}
