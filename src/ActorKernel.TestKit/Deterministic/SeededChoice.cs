namespace DklActors.ActorKernel.TestKit.Deterministic;

/// <summary>Choices from a seed: the same seed gives the same ones on every machine.</summary>
/// <remarks>SplitMix64 (Steele, Lea and Flood 2014).</remarks>
public sealed class SeededChoice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A whole number from 0 to below the bound.</summary>
    public int Below(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);

        // The high product of two 64-bit numbers: no division, and a bias far below what a test could see.
        return (int)Math.BigMul(Next(), (ulong)bound, out _);
    }

    /// <summary>A number from 0 to below 1.</summary>
    public double Fraction() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>True with this probability.</summary>
    public bool Chance(double probability) => Fraction() < probability;

    /// <summary>A time from the first to below the second.</summary>
    public TimeSpan Between(TimeSpan first, TimeSpan second) => first + (Fraction() * (second - first));

    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
