using DklActors.Learning.Linear;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace DklActors.Learning.Vectors;

/// <summary>
/// Principal components of weighted frames, with what they leave: x = mean + √expected·(Σ scores·loadings + rest).
/// </summary>
public sealed class FrameComponents
{
    // Of a residual variance, how many standard errors above counting noise do not count as structure.
    private const double Significance = 2.0;

    // Of the first component's variance; below, float32 knows nothing.
    private const double LeastShare = 1e-9;

    private readonly FrameMatrix _frames;
    private readonly double[][] _scores;
    private readonly double[] _scoreSquares;
    private readonly double[] _residualVariance;
    private readonly double[] _restVariance;

    private FrameComponents(FrameMatrix frames, List<double[]> scores, List<float[]> loadings, float[] residual)
    {
        _frames = frames;
        _scores = [.. scores];
        Loadings = [.. loadings];
        _scoreSquares = Array.ConvertAll(_scores, static score => score.Sum(static value => value * value));
        int freedom = Math.Max(1, frames.Count - 1 - Count);
        _residualVariance = ResidualVariances(residual, frames.Channels, freedom);
        Dispersion = EstimateDispersion();
        NoiseFactor = frames.IsCounts ? 1.0 : Dispersion;
        _restVariance = RestVariances(freedom);
    }

    /// <summary>Number K of components; 0 when nothing stands out of the noise.</summary>
    public int Count => _scores.Length;

    public int Channels => _frames.Channels;

    /// <summary>Variance of a measured value over its expectation: 1 for counts, else estimated.</summary>
    public double NoiseFactor { get; }

    /// <summary>
    /// The same as the components' rest has it; for counts, far above 1 means structure that no component holds.
    /// </summary>
    public double Dispersion { get; }

    /// <summary>Whether the frames are whole counts.</summary>
    public bool IsCounts => _frames.IsCounts;

    /// <summary>Share of the weighted variance that the components hold; most of the rest is noise.</summary>
    public double ExplainedShare
    {
        get
        {
            double held = _scoreSquares.Sum();
            double rest = _residualVariance.Sum() * Math.Max(1, _frames.Count - 1 - Count);
            return held + rest > 0.0 ? held / (held + rest) : 0.0;
        }
    }

    /// <summary>Mean frame, C values.</summary>
    public IReadOnlyList<double> Mean => _frames.Mean;

    /// <summary>K × C unit vectors.</summary>
    internal float[][] Loadings { get; }

    /// <param name="frames">N frames of C channels each.</param>
    /// <param name="components">Number to keep, or null for those that stand out of the noise.</param>
    /// <param name="seed">Of the signs.</param>
    /// <param name="threads">Most threads to use.</param>
    /// <exception cref="ArgumentException">The frames cannot be used; the message says why.</exception>
    public static FrameComponents Fit(
        IReadOnlyList<ReadOnlyMemory<float>> frames, int? components, ulong seed, int threads)
    {
        var matrix = FrameMatrix.Create(frames);
        int count = matrix.Count, channels = matrix.Channels;
        int most = Math.Min(components ?? VectorOptions.MostComponents, Math.Min(count - 2, channels));
        List<double[]> scores = [];
        List<float[]> loadings = [];
        float[] residual = [.. matrix.Values];
        if (most > 0)
        {
            Evd<double> eigen = Matrix<double>.Build
                .Dense(count, count, FrameMatrix.Gram(matrix.Values, count, threads)).Evd(Symmetricity.Symmetric);
            var test = new SignFlipTest(count, seed, threads);
            for (int k = 0; k < most; k++)
            {
                // Eigenvalues come in ascending order.
                double[] axis = eigen.EigenVectors.Column(count - 1 - k).ToArray();
                double eigenvalue = SquaredNorm(residual, axis, channels);
                if (!(eigenvalue > LeastShare * eigen.EigenValues[count - 1].Real)
                    || (components is null && !test.StandsOut(residual, eigenvalue)))
                {
                    break;
                }

                (double[] score, float[] loading) = Component(matrix.Values, axis, Math.Sqrt(eigenvalue), channels);
                scores.Add(score);
                loadings.Add(loading);
                Deflate(residual, score, loading);
            }
        }

        return new FrameComponents(matrix, scores, loadings, residual);
    }

    /// <summary>Scores of any frame.</summary>
    /// <param name="frame">C values.</param>
    /// <param name="scores">Receives K values.</param>
    public void Project(ReadOnlySpan<float> frame, Span<double> scores)
    {
        scores.Clear();
        for (int j = 0; j < frame.Length; j++)
        {
            double weighted = (frame[j] - _frames.Mean[j]) / Math.Sqrt(_frames.Expected[j]);
            for (int k = 0; k < Count; k++)
            {
                scores[k] += weighted * Loadings[k][j];
            }
        }
    }

    /// <summary>What a score of 1 adds to the frame: C values.</summary>
    public double[] FrameOf(int component) =>
        [.. Loadings[component].Select((loading, j) => loading * Math.Sqrt(_frames.Expected[j]))];

    /// <summary>Share of the components' variance that one of them holds.</summary>
    public double ShareOf(int component) => _scoreSquares[component] / _scoreSquares.Sum();

    /// <summary>Scores of the N frames on one component.</summary>
    internal double[] ScoresOf(int component) => _scores[component];

    /// <summary>Variances that counting noise gives the scores of the N frames on one component.</summary>
    internal double[] ScoreNoise(int component)
    {
        double[] noise = new double[_frames.Count];
        double[] values = new double[Channels], own = new double[Count];
        for (int i = 0; i < noise.Length; i++)
        {
            for (int k = 0; k < Count; k++)
            {
                own[k] = _scores[k][i];
            }

            MeanOf(own, values);
            for (int j = 0; j < Channels; j++)
            {
                double loading = Loadings[component][j];
                noise[i] += NoiseFactor * loading * loading * Math.Max(values[j], 0.0) / _frames.Expected[j];
            }
        }

        return noise;
    }

    /// <summary>The frame of given scores; counts are never negative.</summary>
    /// <param name="scores">K scores.</param>
    /// <param name="mean">Receives C values.</param>
    internal void MeanOf(ReadOnlySpan<double> scores, Span<double> mean)
    {
        mean.Clear();
        for (int k = 0; k < Count; k++)
        {
            AddScaled(scores[k], Loadings[k], mean);
        }

        for (int j = 0; j < mean.Length; j++)
        {
            double value = _frames.Mean[j] + (Math.Sqrt(_frames.Expected[j]) * mean[j]);
            mean[j] = _frames.IsPositive ? Math.Max(value, 0.0) : value;
        }
    }

    /// <summary>
    /// Variances of the true frame: of the predicted scores, of the mean and the loadings, which come from N noisy
    /// frames, and of what the components leave out.
    /// </summary>
    /// <remarks>
    /// Mean and loadings as a channel's regression on the scores: residual variance × (1/N + Σ score²/Σ scores²).
    /// </remarks>
    /// <param name="scores">K predicted scores.</param>
    /// <param name="scoreVariances">Their variances.</param>
    /// <param name="variance">Receives C values.</param>
    internal void VarianceOf(
        ReadOnlySpan<double> scores, ReadOnlySpan<double> scoreVariances, Span<double> variance)
    {
        variance.Clear();
        double leverage = 1.0 / _frames.Count;
        for (int k = 0; k < Count; k++)
        {
            leverage += ((scores[k] * scores[k]) + scoreVariances[k]) / _scoreSquares[k];
            float[] loading = Loadings[k];
            double weight = scoreVariances[k];
            for (int j = 0; j < variance.Length; j++)
            {
                variance[j] += weight * loading[j] * loading[j];
            }
        }

        for (int j = 0; j < variance.Length; j++)
        {
            double own = (leverage * Math.Max(_residualVariance[j], NoiseFloorOf(j))) + _restVariance[j];
            variance[j] = _frames.Expected[j] * (variance[j] + own);
        }
    }

    // Variance along an axis from what earlier components leave: exact also where they are stronger by far.
    private static double SquaredNorm(float[] residual, double[] axis, int channels)
    {
        double[] sum = new double[channels];
        for (int i = 0; i < axis.Length; i++)
        {
            AddScaled(axis[i], residual.AsSpan(i * channels, channels), sum);
        }

        return VectorKernels.Dot(sum, sum);
    }

    private static (double[] Score, float[] Loading) Component(
        float[] values, double[] axis, double singular, int channels)
    {
        double[] sum = new double[channels];
        for (int i = 0; i < axis.Length; i++)
        {
            AddScaled(axis[i] / singular, values.AsSpan(i * channels, channels), sum);
        }

        // The sign is chosen, or it would depend on the solver.
        double sign = sum.MaxBy(Math.Abs) < 0.0 ? -1.0 : 1.0;
        return (Array.ConvertAll(axis, value => value * singular * sign),
            Array.ConvertAll(sum, value => (float)(value * sign)));
    }

    private static void Deflate(float[] residual, double[] score, float[] loading)
    {
        for (int i = 0; i < score.Length; i++)
        {
            float weight = (float)score[i];
            Span<float> row = residual.AsSpan(i * loading.Length, loading.Length);
            for (int j = 0; j < row.Length; j++)
            {
                row[j] -= weight * loading[j];
            }
        }
    }

    private static void AddScaled(double factor, ReadOnlySpan<float> source, Span<double> target)
    {
        for (int j = 0; j < target.Length; j++)
        {
            target[j] += factor * source[j];
        }
    }

    private static double[] ResidualVariances(float[] residual, int channels, int freedom)
    {
        double[] variances = new double[channels];
        for (int i = 0; i < residual.Length; i++)
        {
            variances[i % channels] += (double)residual[i] * residual[i] / freedom;
        }

        return variances;
    }

    // Counting noise of a channel in weighted units; close to the noise factor, or a channel's prior alone.
    private double NoiseFloorOf(int channel) =>
        (_frames.IsCounts ? _frames.Expected[channel] : Math.Max(_frames.Mean[channel], 0.0))
        * NoiseFactor / _frames.Expected[channel];

    private double EstimateDispersion()
    {
        double expected = 0.0;
        for (int j = 0; j < Channels; j++)
        {
            expected += Math.Max(_frames.Mean[j], 0.0) / _frames.Expected[j];
        }

        return expected > 0.0 ? _residualVariance.Sum() / expected : 0.0;
    }

    // What a channel varies more than counting noise lets it: structure too weak or too rare for a component.
    private double[] RestVariances(int freedom)
    {
        double[] rest = new double[Channels];
        for (int j = 0; j < Channels; j++)
        {
            double noise = NoiseFloorOf(j);

            // Variance of a sample variance of counts: kurtosis 3 + 1/λ.
            double kurtosis = 2.0 + (NoiseFactor / _frames.Expected[j]);
            double doubtful = Significance * noise * Math.Sqrt(kurtosis / freedom);
            rest[j] = Math.Max(0.0, _residualVariance[j] - noise - doubtful);
        }

        return rest;
    }
}
