namespace DklActors.Physics.Fourier;

/// <summary>Stockham passes of radix 4, 2 and odd primes up to 13.</summary>
internal sealed class MixedRadixTransform : AxisTransform
{
    private readonly RadixPass[] _passes;

    public MixedRadixTransform(int length, IReadOnlyList<int> factors)
        : base(length)
    {
        _passes = new RadixPass[factors.Count];
        int left = length, block = 1;
        for (int i = 0; i < _passes.Length; i++)
        {
            _passes[i] = new RadixPass(factors[i], left, block);
            left /= factors[i];
            block *= factors[i];
        }
    }

    public override int RowsNeeded => Length;

    public override SplitComplex Transform(SplitComplex data, SplitComplex scratch, int stride, bool inverse)
    {
        int count = Length * stride;
        (SplitComplex from, SplitComplex to) = (data, scratch);
        foreach (RadixPass pass in _passes)
        {
            (float[] real, float[] imaginary) = Parts(from, inverse);
            (float[] realOut, float[] imaginaryOut) = Parts(to, inverse);
            pass.Run(
                real.AsSpan(0, count), imaginary.AsSpan(0, count), realOut.AsSpan(0, count),
                imaginaryOut.AsSpan(0, count), stride);
            (from, to) = (to, from);
        }

        return from;
    }

    private static (float[] Real, float[] Imaginary) Parts(SplitComplex numbers, bool exchanged) =>
        exchanged ? (numbers.Imaginary, numbers.Real) : (numbers.Real, numbers.Imaginary);
}
