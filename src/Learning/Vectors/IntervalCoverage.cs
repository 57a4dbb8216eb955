namespace DklActors.Learning.Vectors;

/// <summary>Share of known values inside a central interval of their prediction, channel by channel.</summary>
/// <param name="noise">Noise of the known frames, which the interval includes.</param>
/// <param name="channels">Number C of channels.</param>
/// <param name="deviations">Half width of the interval in standard deviations of a normal distribution.</param>
public sealed class IntervalCoverage(TruthNoise noise, int channels, double deviations)
{
    private readonly double _level = 1.0 - MathNet.Numerics.SpecialFunctions.Erfc(deviations / Math.Sqrt(2.0));
    private readonly double[] _inside = new double[channels];
    private int _count;

    /// <summary>Probability that the interval claims.</summary>
    public double Level => _level;

    /// <summary>Over all channels and frames; equal to <see cref="Level"/> when the predictions are honest.</summary>
    public double Mean => _inside.Sum() / ((double)_count * channels);

    /// <summary>Of each channel, C values.</summary>
    public double[] ByChannel() => Array.ConvertAll(_inside, inside => inside / _count);

    /// <summary>Takes one frame.</summary>
    /// <param name="mean">C predicted expectations.</param>
    /// <param name="variance">Their C variances, without counting noise.</param>
    /// <param name="truth">C known values.</param>
    public void Add(ReadOnlySpan<double> mean, ReadOnlySpan<double> variance, ReadOnlySpan<float> truth)
    {
        _count++;
        for (int j = 0; j < truth.Length; j++)
        {
            _inside[j] += noise.IsCounts
                ? CountDistribution.ShareInside(truth[j], mean[j], variance[j], _level)
                : ShareInside(truth[j] - mean[j], variance[j] + (noise.Factor * Math.Max(mean[j], 0.0)));
        }
    }

    private double ShareInside(double error, double variance) =>
        error * error <= deviations * deviations * variance ? 1.0 : 0.0;
}
