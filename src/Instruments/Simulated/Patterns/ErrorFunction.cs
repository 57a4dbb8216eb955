namespace DklActors.Instruments.Simulated.Patterns;

internal static class ErrorFunction
{
    /// <summary>1 − erf(x), relative error below 1.2e-7.</summary>
    /// <remarks>Chebyshev fit of Press et al., Numerical Recipes (2nd edition, 1992), 6.2.</remarks>
    public static double Complement(double x)
    {
        double t = 1 / (1 + (0.5 * Math.Abs(x)));
        double sum = 0.17087277;
        foreach (double coefficient in (ReadOnlySpan<double>)
            [-0.82215223, 1.48851587, -1.13520398, 0.27886807, -0.18628806, 0.09678418, 0.37409196, 1.00002368])
        {
            sum = (sum * t) + coefficient;
        }

        double value = t * Math.Exp((-x * x) - 1.26551223 + (t * sum));
        return x >= 0 ? value : 2 - value;
    }
}
