namespace DklActors.Instruments.Virtual;

/// <summary>
/// Random numbers that depend on a key alone (seed, purpose, lease, position) and not on what was drawn before
/// elsewhere: the n-th number is a hash of key and n.
/// </summary>
/// <remarks>The hash is the finalizer of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).</remarks>
internal struct SeededStream
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;
    private const double UnitPerStep = 1.0 / (1UL << 53);

    private ulong _state;

    private SeededStream(ulong state) => _state = state;

    /// <summary>A stream for one purpose under a seed.</summary>
    public static SeededStream Of(long seed, string purpose) => new SeededStream(Mix((ulong)seed)).With(purpose);

    /// <summary>The stream for a narrower key.</summary>
    public readonly SeededStream With(string key)
    {
        // FNV-1a over UTF-16 units; string.GetHashCode differs from process to process.
        ulong hash = 0xCBF29CE484222325;
        foreach (char unit in key)
        {
            hash = (hash ^ unit) * 0x100000001B3;
        }

        return With(hash);
    }

    /// <inheritdoc cref="With(string)"/>
    public readonly SeededStream With(double key) => With(BitConverter.DoubleToUInt64Bits(key));

    /// <inheritdoc cref="With(string)"/>
    public readonly SeededStream With(ulong key) => new(Mix(_state + GoldenGamma) ^ Mix(key ^ GoldenGamma));

    /// <summary>Uniform in [0, 1), 53 bits.</summary>
    public double NextUnit() => (NextBits() >> 11) * UnitPerStep;

    /// <summary>Uniform in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public double NextBetween(double low, double high) => low + ((high - low) * NextUnit());

    /// <summary>Standard normal, by Box and Muller (1958).</summary>
    public double NextNormal()
    {
        // 1 − u lies in (0, 1], so the logarithm is finite.
        double radius = Math.Sqrt(-2 * Math.Log(1 - NextUnit()));
        return radius * Math.Cos(2 * Math.PI * NextUnit());
    }

    private ulong NextBits() => Mix(_state += GoldenGamma);

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
