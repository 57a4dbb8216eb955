using DklActors.Learning.Candidates;
using DklActors.Messages.Geometry;
using MathNet.Numerics.LinearAlgebra;

namespace DklActors.Learning.Features;

/// <summary>
/// What lies on rings around a candidate, whatever the orientation: the mean of each and the magnitudes of its first
/// two angular harmonics, reduced to their leading principal components over the candidates.
/// </summary>
internal static class RingFeatures
{
    /// <summary>Radius of the outermost ring, px.</summary>
    public const int OuterRadius = 7;

    private const int Harmonics = 2;

    // Mean, then cosine and sine sums of each harmonic.
    private const int Sums = 1 + (2 * Harmonics);

    // The centre has no harmonics.
    private const int Columns = 1 + (OuterRadius * (1 + Harmonics));

    // The covariance of this many candidates, evenly spaced, is as good as that of all of them.
    private const int LargestSample = 20_000;

    public static FeatureBlock Extract(CandidateSet candidates, int components)
    {
        int width = Math.Min(components, Columns);
        Tap[] taps = [.. Taps()];
        GridShape shape = candidates.Image.Shape;
        ReadOnlySpan<float> image = candidates.Image.Values.Span;
        double[] sums = new double[(OuterRadius + 1) * Sums];
        double[] columns = new double[candidates.Count * Columns];
        for (int i = 0; i < candidates.Count; i++)
        {
            Accumulate(image, shape, candidates.PointAt(i), taps, sums);
            Reduce(sums, columns.AsSpan(i * Columns, Columns));
        }

        (double[] mean, Matrix<double> covariance) = SampleCovariance.Of(
            candidates.Count, Columns, LargestSample,
            (candidate, row) => columns.AsSpan(candidate * Columns, Columns).CopyTo(row));
        double[][] axes = PrincipalAxes.Of(covariance, width);
        float[] values = new float[candidates.Count * width];
        double[] centred = new double[Columns];
        for (int i = 0; i < candidates.Count; i++)
        {
            for (int c = 0; c < Columns; c++)
            {
                centred[c] = columns[(i * Columns) + c] - mean[c];
            }

            for (int k = 0; k < width; k++)
            {
                values[(i * width) + k] = (float)Linear.VectorKernels.Dot(centred, axes[k]);
            }
        }

        return new FeatureBlock("rings", width, values, IsOneSpace: false);
    }

    /// <summary>Each ring is a band two pixels wide whose weights fall off linearly, and sum to 1.</summary>
    private static IEnumerable<Tap> Taps()
    {
        for (int ring = 0; ring <= OuterRadius; ring++)
        {
            List<Tap> band = [];
            for (int row = -ring - 1; row <= ring + 1; row++)
            {
                for (int column = -ring - 1; column <= ring + 1; column++)
                {
                    double weight = 1.0 - Math.Abs(double.Hypot(row, column) - ring);
                    if (weight > 0.0)
                    {
                        band.Add(new Tap(row, column, ring, weight, Math.Atan2(row, column)));
                    }
                }
            }

            double total = band.Sum(static tap => tap.Weight);
            foreach (Tap tap in band)
            {
                yield return tap with { Weight = tap.Weight / total };
            }
        }
    }

    private static void Accumulate(
        ReadOnlySpan<float> image, GridShape shape, GridPoint centre, Tap[] taps, double[] sums)
    {
        Array.Clear(sums);
        foreach (Tap tap in taps)
        {
            int row = GaussianJet.Reflected(centre.Row + tap.Row, shape.Rows);
            int column = GaussianJet.Reflected(centre.Column + tap.Column, shape.Columns);
            double value = tap.Weight * image[(row * shape.Columns) + column];
            Span<double> ring = sums.AsSpan(tap.Ring * Sums, Sums);
            ring[0] += value;
            ring[1] += value * tap.Cosine1;
            ring[2] += value * tap.Sine1;
            ring[3] += value * tap.Cosine2;
            ring[4] += value * tap.Sine2;
        }
    }

    private static void Reduce(double[] sums, Span<double> columns)
    {
        columns[0] = sums[0];
        for (int ring = 1; ring <= OuterRadius; ring++)
        {
            ReadOnlySpan<double> of = sums.AsSpan(ring * Sums, Sums);
            Span<double> target = columns.Slice(1 + ((ring - 1) * (1 + Harmonics)), 1 + Harmonics);
            target[0] = of[0];
            target[1] = double.Hypot(of[1], of[2]);
            target[2] = double.Hypot(of[3], of[4]);
        }
    }

    /// <summary>One pixel's part in one ring, at an offset (px) from the centre.</summary>
    private readonly record struct Tap(int Row, int Column, int Ring, double Weight, double Angle)
    {
        public double Cosine1 { get; } = Math.Cos(Angle);

        public double Sine1 { get; } = Math.Sin(Angle);

        public double Cosine2 { get; } = Math.Cos(2.0 * Angle);

        public double Sine2 { get; } = Math.Sin(2.0 * Angle);
    }
}
