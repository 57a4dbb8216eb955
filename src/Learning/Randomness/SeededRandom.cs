using System.Numerics;

namespace DklActors.Learning.Randomness;

/// <summary>
/// Random numbers that follow from (seed, purpose, index) alone, so that any decision can be re-derived without
/// replaying the ones before it.
/// </summary>
/// <remarks>
/// xoshiro256** (Blackman and Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 2021), its state
/// filled by SplitMix64 as its authors advise. Not for more than one thread.
/// </remarks>
public sealed class SeededRandom
{
    private const double UnitOfDouble = 1.0 / (1UL << 53);

    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;
    private double _spareGaussian = double.NaN;

    private SeededRandom(ulong seed)
    {
        _s0 = SplitMix(ref seed);
        _s1 = SplitMix(ref seed);
        _s2 = SplitMix(ref seed);
        _s3 = SplitMix(ref seed);
    }

    /// <summary>The stream for one purpose and one index (a decision's number, a layer) under a seed.</summary>
    public static SeededRandom Derive(ulong seed, RandomPurpose purpose, ulong index = 0)
    {
        // Each part passes through the mixer before the next is added, so neighbouring triples share nothing.
        ulong state = seed;
        state = SplitMix(ref state) ^ (ulong)purpose;
        state = SplitMix(ref state) ^ index;
        return new SeededRandom(SplitMix(ref state));
    }

    public ulong NextUInt64()
    {
        ulong result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        ulong shifted = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= shifted;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>Uniform in [0, 1), with 53 random bits.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * UnitOfDouble;

    /// <summary>Uniform in 0 … <paramref name="bound"/> − 1, without modulo bias (Lemire 2019).</summary>
    public int NextIndex(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        ulong range = (ulong)bound;
        ulong high = Math.BigMul(NextUInt64(), range, out ulong low);
        ulong threshold = unchecked(0UL - range) % range;
        while (low < threshold)
        {
            high = Math.BigMul(NextUInt64(), range, out low);
        }

        return (int)high;
    }

    /// <summary>Standard normal, by Marsaglia's polar method.</summary>
    public double NextGaussian()
    {
        if (!double.IsNaN(_spareGaussian))
        {
            double spare = _spareGaussian;
            _spareGaussian = double.NaN;
            return spare;
        }

        double u, v, square;
        do
        {
            u = (2.0 * NextDouble()) - 1.0;
            v = (2.0 * NextDouble()) - 1.0;
            square = (u * u) + (v * v);
        }
        while (square is >= 1.0 or 0.0);

        double factor = Math.Sqrt(-2.0 * Math.Log(square) / square);
        _spareGaussian = v * factor;
        return u * factor;
    }

    private static ulong SplitMix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15UL;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
