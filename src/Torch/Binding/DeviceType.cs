namespace DklActors.Torch.Binding;

/// <summary>Kinds of devices, by libtorch's numbers.</summary>
public enum DeviceType
{
    CPU = 0,
    CUDA = 1,
}
