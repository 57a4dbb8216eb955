using System.Runtime.CompilerServices;
using DklActors.Learning.Candidates;
using MathNet.Numerics.LinearAlgebra;

namespace DklActors.Learning.Features;

/// <summary>Mean and principal axes of all patches, computed once however many models ask.</summary>
/// <param name="Mean">P pixels.</param>
/// <param name="Axes">Unit vectors of P elements, that of greatest variance first.</param>
internal sealed record PatchComponents(double[] Mean, double[][] Axes)
{
    // As many as an option can ask for.
    private const int MostAxes = 256;

    // The covariance of this many patches, evenly spaced, is as good as that of all of them; of large patches, whose
    // covariance costs their number times the square of their pixels, fewer do for the leading axes.
    private const int LargestSample = 20_000;
    private const int SmallestSample = 2_000;
    private const long MostProducts = 2_000_000_000;

    private static readonly ConditionalWeakTable<CandidateSet, Lazy<PatchComponents>> Known = [];

    /// <remarks>Known as long as the candidates are; members that are made side by side wait for the first.</remarks>
    public static PatchComponents Of(CandidateSet candidates) =>
        Known.GetValue(candidates, static set => new Lazy<PatchComponents>(() => Compute(set))).Value;

    private static PatchComponents Compute(CandidateSet candidates)
    {
        (double[] mean, Matrix<double> covariance) = Covariance(candidates);
        return new PatchComponents(mean, PrincipalAxes.Of(covariance, Math.Min(mean.Length, MostAxes)));
    }

    private static (double[] Mean, Matrix<double> Covariance) Covariance(CandidateSet candidates)
    {
        int pixels = candidates.Window.PixelCount;
        int sample = (int)Math.Clamp(MostProducts / ((long)pixels * pixels), SmallestSample, LargestSample);
        int step = ((candidates.Count - 1) / sample) + 1;
        double[] mean = new double[pixels];
        double[] products = new double[pixels * pixels];
        float[] patch = new float[pixels];
        double[] centred = new double[pixels];
        int count = 0;
        for (int i = 0; i < candidates.Count; i += step)
        {
            candidates.CutPatch(i, patch);
            count++;
            for (int p = 0; p < pixels; p++)
            {
                mean[p] += patch[p];
            }
        }

        mean = Array.ConvertAll(mean, sum => sum / count);
        for (int i = 0; i < candidates.Count; i += step)
        {
            candidates.CutPatch(i, patch);
            for (int p = 0; p < pixels; p++)
            {
                centred[p] = patch[p] - mean[p];
            }

            for (int p = 0; p < pixels; p++)
            {
                Linear.VectorKernels.AddScaled(centred[p] / count, centred, products.AsSpan(p * pixels, pixels));
            }
        }

        return (mean, Matrix<double>.Build.Dense(pixels, pixels, products));
    }
}
