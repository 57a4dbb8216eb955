namespace DklActors.Instruments.Virtual;

/// <summary>Draws Poisson counts of any mean from 0 to beyond 1e9.</summary>
internal static class PoissonSampler
{
    private const double SmallestRejectionMean = 10;

    // Beyond, the Poisson distribution differs from the rounded normal by less than a double resolves here.
    private const double LargestRejectionMean = 1e8;

    // One try succeeds with a probability of at least 0.7; the limit is never met unless the stream is broken.
    private const int MostTries = 1000;

    private static readonly double[] LogFactorials = TabulateLogFactorials(32);

    /// <summary>One count of the given mean; 0 for a mean of 0 or less, NaN for NaN.</summary>
    public static double Draw(double mean, ref SeededStream random) => mean switch
    {
        double.NaN => double.NaN,
        <= 0 => 0,
        < SmallestRejectionMean => ByInversion(mean, ref random),
        <= LargestRejectionMean => ByRejection(mean, ref random),
        _ => ByNormal(mean, ref random),
    };

    /// <summary>Walks the cumulative distribution from zero.</summary>
    private static double ByInversion(double mean, ref SeededStream random)
    {
        double left = random.NextUnit();
        double probability = Math.Exp(-mean);
        int count = 0;
        // The tail beyond 200 of a mean below 10 is smaller than the smallest step of the uniform number.
        while (left >= probability && count < 200)
        {
            left -= probability;
            count++;
            probability *= mean / count;
        }

        return count;
    }

    /// <summary>Algorithm PTRS: Hörmann, Insurance: Mathematics and Economics 12 (1993) 39.</summary>
    private static double ByRejection(double mean, ref SeededStream random)
    {
        double b = 0.931 + (2.53 * Math.Sqrt(mean));
        double a = -0.059 + (0.02483 * b);
        double inverseAlpha = 1.1239 + (1.1328 / (b - 3.4));
        double acceptAtOnce = 0.9277 - (3.6224 / (b - 2));
        double logMean = Math.Log(mean);
        for (int attempt = 0; attempt < MostTries; attempt++)
        {
            double u = random.NextUnit() - 0.5;
            double v = random.NextUnit();
            double us = 0.5 - Math.Abs(u);
            double count = Math.Floor((((2 * a / us) + b) * u) + mean + 0.43);
            if (us >= 0.07 && v <= acceptAtOnce)
            {
                return count;
            }

            if (count < 0 || (us < 0.013 && v > us))
            {
                continue;
            }

            if (Math.Log(v * inverseAlpha / ((a / (us * us)) + b)) <= (count * logMean) - mean - LogFactorial(count))
            {
                return count;
            }
        }

        return ByNormal(mean, ref random);
    }

    private static double ByNormal(double mean, ref SeededStream random) =>
        Math.Max(0, Math.Round(mean + (Math.Sqrt(mean) * random.NextNormal())));

    /// <summary>ln(n!): a table for small n, Stirling's series (relative error below 1e-15) beyond it.</summary>
    private static double LogFactorial(double n)
    {
        if (n < LogFactorials.Length)
        {
            return LogFactorials[(int)n];
        }

        double inverse = 1 / (n + 1);
        double series = inverse * ((1.0 / 12) - (inverse * inverse * ((1.0 / 360) - (inverse * inverse / 1260))));
        return ((n + 0.5) * Math.Log(n + 1)) - (n + 1) + (0.5 * Math.Log(2 * Math.PI)) + series;
    }

    private static double[] TabulateLogFactorials(int length)
    {
        double[] table = new double[length];
        for (int n = 2; n < length; n++)
        {
            table[n] = table[n - 1] + Math.Log(n);
        }

        return table;
    }
}
