namespace DklActors.Torch.Binding;

/// <summary>A number beside tensors; it takes the tensor's type.</summary>
public readonly record struct Scalar(double Value)
{
    public static implicit operator Scalar(double value) => new(value);

    public static implicit operator Scalar(long value) => new(value);
}
