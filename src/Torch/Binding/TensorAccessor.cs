namespace DklActors.Torch.Binding;

/// <summary>The values of a tensor, to be copied.</summary>
public readonly struct TensorAccessor<T>
    where T : unmanaged
{
    private readonly torch.Tensor _tensor;

    internal TensorAccessor(torch.Tensor tensor) => _tensor = tensor;

    /// <summary>All values, row-major.</summary>
    public T[] ToArray()
    {
        T[] values = new T[_tensor.NumberOfElements];
        _tensor.Read<T>(values);
        return values;
    }

    public void CopyTo(T[] array, int arrayIndex = 0)
    {
        ArgumentNullException.ThrowIfNull(array);
        _tensor.Read(array.AsSpan(arrayIndex, checked((int)_tensor.NumberOfElements)));
    }
}
