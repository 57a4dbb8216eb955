using System.Runtime.InteropServices;

namespace DklActors.Torch.Binding;

/// <summary>A tensor of libtorch that this side has to give back, whatever happens.</summary>
internal sealed class TensorHandle : SafeHandle
{
    public TensorHandle(nint tensor)
        : base(0, ownsHandle: true) => SetHandle(tensor);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativeMethods.dkl_free(handle);
        return true;
    }
}
