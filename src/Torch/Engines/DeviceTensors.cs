namespace DklActors.Torch.Engines;

/// <summary>Tensors that outlive the scope they were made in, until all of them go.</summary>
internal sealed class DeviceTensors : IDisposable
{
    private readonly List<Tensor> _tensors = [];

    public Tensor Add(Tensor tensor)
    {
        _tensors.Add(tensor.DetachFromDisposeScope());
        return tensor;
    }

    public void Dispose() => _tensors.ForEach(static tensor => tensor.Dispose());
}
