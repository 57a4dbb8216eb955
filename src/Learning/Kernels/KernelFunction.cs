using System.Numerics;
using System.Runtime.InteropServices;

namespace DklActors.Learning.Kernels;

/// <summary>Covariances and their slopes from squared scaled distances, with vectors.</summary>
internal static class KernelFunction
{
    private static readonly double RootFive = Math.Sqrt(5.0);

    /// <summary>Replaces squared distances by covariances; the length is a multiple of the vector width.</summary>
    public static void Covariances(KernelKind kind, double variance, Span<double> squaredToCovariance)
    {
        foreach (ref Vector<double> value in MemoryMarshal.Cast<double, Vector<double>>(squaredToCovariance))
        {
            value = kind == KernelKind.Rbf
                ? Vector.Exp(value * -0.5) * variance
                : Matern(value) * variance;
        }
    }

    /// <summary>
    /// From squared distances both the covariance k and its slope dk/d(r²): −k/2 for the RBF kernel,
    /// −(5/6)·s·(1 + √5·r)·exp(−√5·r) for Matérn 5/2. The length is a multiple of the vector width.
    /// </summary>
    public static void CovariancesAndSlopes(
        KernelKind kind, double variance, Span<double> squaredToCovariance, Span<double> slopes)
    {
        Span<Vector<double>> covariance = MemoryMarshal.Cast<double, Vector<double>>(squaredToCovariance);
        Span<Vector<double>> slope = MemoryMarshal.Cast<double, Vector<double>>(slopes)[..covariance.Length];
        for (int i = 0; i < covariance.Length; i++)
        {
            Vector<double> squared = covariance[i];
            if (kind == KernelKind.Rbf)
            {
                covariance[i] = Vector.Exp(squared * -0.5) * variance;
                slope[i] = covariance[i] * -0.5;
            }
            else
            {
                Vector<double> scaled = Vector.SquareRoot(squared) * RootFive;
                Vector<double> decay = Vector.Exp(-scaled);
                slope[i] = (scaled + Vector<double>.One) * decay * (-5.0 / 6.0 * variance);
                covariance[i] = Matern(scaled, decay) * variance;
            }
        }
    }

    private static Vector<double> Matern(Vector<double> squared)
    {
        Vector<double> scaled = Vector.SquareRoot(squared) * RootFive;
        return Matern(scaled, Vector.Exp(-scaled));
    }

    private static Vector<double> Matern(Vector<double> scaled, Vector<double> decay) =>
        (Vector<double>.One + scaled + (scaled * scaled * (1.0 / 3.0))) * decay;
}
