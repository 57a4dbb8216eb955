namespace DklActors.Physics.Fourier;

/// <summary>
/// Discrete Fourier transform of every column of a matrix of <see cref="Length"/> rows; immutable and shared.
/// </summary>
/// <remarks>X(k) = Σ x(j)·exp(−2πi·j·k / n), unscaled. The inverse is the same with the parts exchanged.</remarks>
internal abstract class AxisTransform(int length)
{
    private const int LargestPrime = 13;

    public int Length { get; } = length;

    /// <summary>Rows of room that the matrix and its scratch need.</summary>
    public abstract int RowsNeeded { get; }

    /// <summary>Mixed radix where no prime factor is above 13, and Bluestein's convolution elsewhere.</summary>
    public static AxisTransform For(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        return Factors.Of(length) is { } factors && (factors.Count == 0 || factors.Max() <= LargestPrime)
            ? new MixedRadixTransform(length, factors)
            : new BluesteinTransform(length);
    }

    /// <summary>Transforms <paramref name="data"/>, whose rows are <paramref name="stride"/> numbers apart.</summary>
    /// <param name="data">Destroyed, unless it is what is returned.</param>
    /// <param name="scratch">As large as the data.</param>
    /// <param name="stride">A multiple of <see cref="Lanes.Width"/>.</param>
    /// <param name="inverse">Whether the exponent is positive; unscaled too.</param>
    /// <returns>The one of the two that holds the result.</returns>
    public abstract SplitComplex Transform(SplitComplex data, SplitComplex scratch, int stride, bool inverse);
}
