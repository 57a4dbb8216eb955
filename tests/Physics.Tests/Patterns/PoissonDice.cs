namespace DklActors.Physics.Tests.Patterns;

/// <summary>Poisson counts from a seed.</summary>
internal sealed class PoissonDice(int seed)
{
    private readonly Random _random = new(seed);

    public float[] Draw(ReadOnlySpan<double> means)
    {
        float[] counts = new float[means.Length];
        for (int i = 0; i < counts.Length; i++)
        {
            counts[i] = Draw(means[i]);
        }

        return counts;
    }

    private int Draw(double mean) => mean <= 0 ? 0 : mean < 30 ? Multiply(mean) : Reject(mean);

    private int Multiply(double mean)
    {
        double limit = Math.Exp(-mean), product = _random.NextDouble();
        int count = 0;
        while (product > limit)
        {
            product *= _random.NextDouble();
            count++;
        }

        return count;
    }

    // Hörmann, Insurance: Mathematics and Economics 12, 39 (1993), algorithm PTRS.
    private int Reject(double mean)
    {
        double b = 0.931 + (2.53 * Math.Sqrt(mean)), a = -0.059 + (0.02483 * b);
        double inverse = 1.1239 + (1.1328 / (b - 3.4)), bound = 0.9277 - (3.6224 / (b - 2));
        while (true)
        {
            double u = _random.NextDouble() - 0.5, v = _random.NextDouble(), us = 0.5 - Math.Abs(u);
            double k = Math.Floor((((2 * a / us) + b) * u) + mean + 0.43);
            if (us >= 0.07 && v <= bound)
            {
                return (int)k;
            }

            if (k >= 0 && (us >= 0.013 || v <= us)
                && Math.Log(v * inverse / ((a / (us * us)) + b)) <= (k * Math.Log(mean)) - mean - LogFactorial(k))
            {
                return (int)k;
            }
        }
    }

    private static double LogFactorial(double k)
    {
        if (k < 20)
        {
            double sum = 0;
            for (int i = 2; i <= k; i++)
            {
                sum += Math.Log(i);
            }

            return sum;
        }

        double n = k + 1;
        return ((n - 0.5) * Math.Log(n)) - n + (0.5 * Math.Log(2 * Math.PI)) + (1 / (12 * n))
            - (1 / (360 * n * n * n));
    }
}
