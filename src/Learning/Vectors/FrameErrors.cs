namespace DklActors.Learning.Vectors;

/// <summary>Errors of predicted frames against known ones, frame by frame.</summary>
/// <param name="noise">Noise of the known frames.</param>
/// <param name="channels">Number C of channels.</param>
public sealed class FrameErrors(TruthNoise noise, int channels)
{
    private readonly double[] _channelSquares = new double[channels];
    private readonly List<double> _relative = [];
    private double _squares;
    private double _norm;
    private double _noise;

    /// <summary>Number of frames compared.</summary>
    public int Count => _relative.Count;

    /// <summary>Median over frames of ‖prediction − truth‖ / ‖truth‖.</summary>
    public double MedianRelative => Quantile(0.5);

    /// <summary>Of all frames together: the root of Σ‖prediction − truth‖² / Σ‖truth‖².</summary>
    public double Relative => Math.Sqrt(_squares / _norm);

    /// <summary>
    /// The same with the noise of the truth taken out of both sums, for even a perfect prediction misses a noisy truth
    /// by its noise; 0 where noise explains all of the error.
    /// </summary>
    public double RelativeBeyondNoise => Math.Sqrt(Math.Max(0.0, _squares - _noise) / (_norm - _noise));

    /// <summary>What a perfect prediction would have for <see cref="Relative"/>.</summary>
    public double NoiseFloor => Math.Sqrt(_noise / _norm);

    /// <summary>Root mean square error of each channel, C values.</summary>
    public double[] ChannelErrors() => Array.ConvertAll(_channelSquares, sum => Math.Sqrt(sum / Count));

    /// <summary>Quantile over frames of the relative error.</summary>
    public double Quantile(double probability)
    {
        double[] sorted = [.. _relative.Where(double.IsFinite).Order()];
        return sorted.Length == 0
            ? double.NaN
            : sorted[(int)Math.Clamp(Math.Round(probability * (sorted.Length - 1)), 0, sorted.Length - 1)];
    }

    /// <returns>‖prediction − truth‖ / ‖truth‖ of this frame; NaN where the truth is 0.</returns>
    public double Add(ReadOnlySpan<double> mean, ReadOnlySpan<float> truth)
    {
        double squares = 0.0, norm = 0.0;
        for (int j = 0; j < truth.Length; j++)
        {
            double difference = mean[j] - truth[j];
            squares += difference * difference;
            norm += (double)truth[j] * truth[j];
            _noise += noise.Factor * Math.Max(truth[j], 0.0f);
            _channelSquares[j] += difference * difference;
        }

        _squares += squares;
        _norm += norm;
        double relative = norm > 0.0 ? Math.Sqrt(squares / norm) : double.NaN;
        _relative.Add(relative);
        return relative;
    }
}
