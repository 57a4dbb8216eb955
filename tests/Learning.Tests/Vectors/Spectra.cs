using DklActors.Learning.Candidates;
using DklActors.Learning.Randomness;
using DklActors.Messages.Geometry;

namespace DklActors.Learning.Tests.Vectors;

/// <summary>Frames whose truth is a formula: a mean and some peaks, each as strong as a known weight says.</summary>
internal static class Spectra
{
    public const int Channels = 60;

    /// <summary>A sloping mean with peaks of given strengths on it.</summary>
    public static double[] Of(double level, params double[] strengths)
    {
        double[] spectrum = new double[Channels];
        for (int j = 0; j < Channels; j++)
        {
            spectrum[j] = level * (1.5 - (j / (double)Channels));
            for (int k = 0; k < strengths.Length; k++)
            {
                spectrum[j] += level * strengths[k] * Math.Exp(-0.5 * Math.Pow((j - 10.0 - (15.0 * k)) / 3.0, 2.0));
            }
        }

        return spectrum;
    }

    /// <summary>The truth at a candidate: both peaks follow the image, the second one its square.</summary>
    public static double[] At(CandidateSet candidates, int candidate, double level)
    {
        GridPoint point = candidates.PointAt(candidate);
        double structure = candidates.Image[point];
        return Of(level, 1.0 + (0.4 * structure), 0.5 * Math.Pow(structure - 0.5, 2.0));
    }

    /// <summary>Poisson counts of a spectrum, times a gain.</summary>
    public static ReadOnlyMemory<float> Counts(double[] spectrum, ulong frame, double gain = 1.0)
    {
        SeededRandom random = SeededRandom.Derive(31, RandomPurpose.SeedDesign, frame);
        return Array.ConvertAll(spectrum, mean => (float)(gain * Poisson(mean, random)));
    }

    // Arrivals of unit rate up to the mean.
    private static int Poisson(double mean, SeededRandom random)
    {
        int count = -1;
        for (double time = 0.0; time <= mean; time -= Math.Log(1.0 - random.NextDouble()))
        {
            count++;
        }

        return count;
    }
}
