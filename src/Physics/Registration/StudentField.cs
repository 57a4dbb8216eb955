namespace DklActors.Physics.Registration;

/// <summary>How high a field of Student's t gets by chance, its heights told as correlations.</summary>
/// <remarks>
/// A correlation r of ν + 2 independent pairs of normal numbers is t = r·√(ν / (1 − r²)) of ν degrees of freedom. That
/// such a field is higher than t anywhere in a region is, for the small probabilities that matter, the expected Euler
/// characteristic of where it is (Worsley, Adv. Appl. Probab. 26 (1994) 13).
/// </remarks>
internal static class StudentField
{
    private const double Smallest = 1e-300;

    // Lanczos' coefficients for g = 7 (Godfrey): 15 digits.
    private static readonly double[] Lanczos =
    [
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
        12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ];

    /// <summary>Probability that a correlation is as high as this anywhere within a disc.</summary>
    /// <param name="correlation">−1 to 1.</param>
    /// <param name="freedom">Degrees of freedom ν.</param>
    /// <param name="radius">Of the disc, px.</param>
    /// <param name="roughness">
    /// Root of the determinant of the covariance of the field's slopes, its own variance being 1, per px².
    /// </param>
    public static double AnywhereAbove(double correlation, double freedom, double radius, double roughness)
    {
        if (!(correlation > 0))
        {
            return 1;
        }

        double rest = Math.Max(1 - (correlation * correlation), Smallest);
        double t = correlation * Math.Sqrt(freedom / rest);
        double falls = Math.Pow(rest, 0.5 * (freedom - 1));
        double alongRim = Math.Sqrt(roughness) / (2 * Math.PI) * falls;
        double inside = roughness / Math.Pow(2 * Math.PI, 1.5) * t * falls / Math.Sqrt(0.5 * freedom)
            * Math.Exp(LogGamma(0.5 * (freedom + 1)) - LogGamma(0.5 * freedom));
        return Math.Min(
            1, Above(correlation, freedom) + (Math.PI * radius * (alongRim + (radius * inside))));
    }

    /// <summary>Probability that one correlation is as high as this: half the incomplete beta function of 1 − r².
    /// </summary>
    public static double Above(double correlation, double freedom)
    {
        double tail = 0.5 * IncompleteBeta(1 - (correlation * correlation), 0.5 * freedom, 0.5);
        return correlation >= 0 ? tail : 1 - tail;
    }

    /// <summary>Natural logarithm of the gamma function, of a positive number.</summary>
    public static double LogGamma(double x)
    {
        if (x < 0.5)
        {
            return Math.Log(Math.PI / Math.Sin(Math.PI * x)) - LogGamma(1 - x);
        }

        double sum = Lanczos[0];
        for (int i = 1; i < Lanczos.Length; i++)
        {
            sum += Lanczos[i] / (x - 1 + i);
        }

        double shifted = x + 6.5;
        return (0.5 * Math.Log(2 * Math.PI)) + ((x - 0.5) * Math.Log(shifted)) - shifted + Math.Log(sum);
    }

    /// <summary>Regularised, by its continued fraction (Numerical Recipes, section 6.4).</summary>
    private static double IncompleteBeta(double x, double a, double b)
    {
        if (x <= 0 || x >= 1)
        {
            return x <= 0 ? 0 : 1;
        }

        double front = Math.Exp(
            LogGamma(a + b) - LogGamma(a) - LogGamma(b) + (a * Math.Log(x)) + (b * Math.Log(1 - x)));
        return x < (a + 1) / (a + b + 2)
            ? front * Fraction(x, a, b) / a
            : 1 - (front * Fraction(1 - x, b, a) / b);
    }

    private static double Fraction(double x, double a, double b)
    {
        const int MostTerms = 1000;
        const double Enough = 1e-14;
        double c = 1;
        double d = Inverse(1 - ((a + b) * x / (a + 1)));
        double found = d;
        for (int m = 1; m <= MostTerms; m++)
        {
            double even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            d = Inverse(1 + (even * d));
            c = Kept(1 + (even / c));
            found *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = Inverse(1 + (odd * d));
            c = Kept(1 + (odd / c));
            found *= d * c;
            if (Math.Abs((d * c) - 1) < Enough)
            {
                break;
            }
        }

        return found;
    }

    private static double Kept(double x) => Math.Abs(x) < Smallest ? Smallest : x;

    private static double Inverse(double x) => 1 / Kept(x);
}
