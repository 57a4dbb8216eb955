namespace DklActors.Physics.Fourier;

/// <summary>Complex numbers, real and imaginary parts apart, so that a vector register holds eight of either.</summary>
/// <param name="capacity">Room for so many numbers.</param>
internal sealed class SplitComplex(int capacity)
{
    public float[] Real { get; } = new float[capacity];

    public float[] Imaginary { get; } = new float[capacity];
}
