namespace DklActors.Physics.Fourier;

/// <summary>Room for one transform at a time.</summary>
internal sealed class TransformRoom(RealTransform transform)
{
    public SplitComplex First { get; } = new(transform.Capacity);

    public SplitComplex Second { get; } = new(transform.Capacity);

    /// <summary>The one that is not given.</summary>
    public SplitComplex Other(SplitComplex one) => ReferenceEquals(one, First) ? Second : First;
}
