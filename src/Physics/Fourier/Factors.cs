namespace DklActors.Physics.Fourier;

/// <summary>Factors of a transform's length.</summary>
internal static class Factors
{
    /// <summary>Fours, at most one two, then odd primes from the least; none for 1.</summary>
    public static IReadOnlyList<int> Of(int length)
    {
        List<int> factors = [];
        foreach (int radix in (int[])[4, 2])
        {
            while (length % radix == 0)
            {
                factors.Add(radix);
                length /= radix;
            }
        }

        for (int prime = 3; length > 1; prime += 2)
        {
            while (length % prime == 0)
            {
                factors.Add(prime);
                length /= prime;
            }
        }

        return factors;
    }

    /// <summary>The least length from <paramref name="least"/> on that is 2^a · 3^b · 5^c.</summary>
    public static int NextSmooth(int least)
    {
        int length = least;
        while (Of(length).Any(static factor => factor > 5))
        {
            length++;
        }

        return length;
    }
}
