namespace DklActors.Torch.Binding;

/// <summary>A stream of a GPU that this thread works on until it is disposed of.</summary>
internal sealed class DeviceStream : IDisposable
{
    private readonly long[] _before = new long[2];

    public DeviceStream(int device) => TorchException.Check(NativeMethods.dkl_enter_stream(device, _before));

    public void Dispose() => TorchException.Check(NativeMethods.dkl_leave_stream(_before));
}
