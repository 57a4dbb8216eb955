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
        int pixels = candidates.Window.PixelCount;
        int sample = (int)Math.Clamp(MostProducts / ((long)pixels * pixels), SmallestSample, LargestSample);
        float[] patch = new float[pixels];
        (double[] mean, Matrix<double> covariance) = SampleCovariance.Of(
            candidates.Count, pixels, sample, (candidate, row) =>
            {
                candidates.CutPatch(candidate, patch);
                for (int p = 0; p < row.Length; p++)
                {
                    row[p] = patch[p];
                }
            });
        return new PatchComponents(mean, PrincipalAxes.Of(covariance, Math.Min(pixels, MostAxes)));
    }
}
