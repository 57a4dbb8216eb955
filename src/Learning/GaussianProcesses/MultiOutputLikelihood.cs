namespace DklActors.Learning.GaussianProcesses;

/// <summary>
/// Negative log marginal likelihood of Q outputs at the same N points: Σ over independent Gaussian processes under one
/// embedding, each with its own output scale, noise and mean, and with lengthscales that its prior ties to common ones.
/// </summary>
/// <remarks>
/// The outputs are principal components, which are uncorrelated, and the later ones are mostly noise: with one noise
/// for all, the first would be doubted as much as the last, and with one set of lengthscales it would be as rough.
/// Hyperparameters: the common lengthscales, then for each output scale, noise, mean and the logarithms of its own
/// stretches of the lengthscales (none where there is one output). One workspace serves all outputs in turn.
/// </remarks>
internal sealed class MultiOutputLikelihood : ILikelihood
{
    private readonly HyperparameterLayout _layout;
    private readonly double[][] _targets;
    private readonly double[][] _errorVariances;
    private readonly MarginalLikelihood _output;
    private readonly double[] _embeddingGradient;

    /// <param name="layout">Where the hyperparameters of one output lie.</param>
    /// <param name="targets">Q arrays of N standardised targets.</param>
    /// <param name="errorVariances">Q arrays of N squared standard errors, standardised.</param>
    /// <param name="threads">Most threads to use.</param>
    public MultiOutputLikelihood(
        HyperparameterLayout layout, double[][] targets, double[][] errorVariances, int threads = 1)
    {
        _layout = layout;
        _targets = targets;
        _errorVariances = errorVariances;
        _output = new MarginalLikelihood(layout, targets[0], errorVariances[0], threads);
        _embeddingGradient = new double[targets[0].Length * layout.Dimension];
    }

    public double Jitter { get; private set; }

    /// <summary>Number of hyperparameters.</summary>
    public int HyperparameterCount => SharedCount + (_targets.Length * OwnCount);

    private int SharedCount => _layout.VarianceIndex;

    // Scale, noise and mean.
    private int PlainCount => _layout.Count - SharedCount;

    private int StretchCount => _targets.Length == 1 ? 0 : SharedCount;

    private int OwnCount => PlainCount + StretchCount;

    /// <summary>The priors' medians, where a cold start begins.</summary>
    public double[] Start()
    {
        double[] one = _layout.Start();
        double[] own = [.. one[SharedCount..], .. new double[StretchCount]];
        return [.. one[..SharedCount], .. _targets.SelectMany(_ => own)];
    }

    /// <summary>The hyperparameters of one output, in the layout's order.</summary>
    public double[] Of(int output, ReadOnlySpan<double> hyperparameters)
    {
        double[] values = [.. hyperparameters[..SharedCount], .. hyperparameters.Slice(OwnStart(output), PlainCount)];
        ReadOnlySpan<double> stretches = hyperparameters.Slice(OwnStart(output) + PlainCount, StretchCount);
        for (int i = 0; i < stretches.Length; i++)
        {
            values[i] += stretches[i];
        }

        return values;
    }

    public double Evaluate(
        ReadOnlySpan<float> embedding, ReadOnlySpan<double> hyperparameters, Span<double> hyperparameterGradient,
        Span<double> embeddingGradient)
    {
        hyperparameterGradient.Clear();
        embeddingGradient.Clear();
        Jitter = 0.0;
        double total = 0.0;
        double[] gradient = new double[_layout.Count];
        for (int output = 0; output < _targets.Length; output++)
        {
            _output.Observe(_targets[output], _errorVariances[output]);
            total += _output.Evaluate(
                embedding, Of(output, hyperparameters), gradient,
                _embeddingGradient.AsSpan(0, embeddingGradient.Length));
            if (double.IsNaN(total))
            {
                return double.NaN;
            }

            Jitter = Math.Max(Jitter, _output.Jitter);
            Span<double> own = hyperparameterGradient.Slice(OwnStart(output), OwnCount);
            gradient.AsSpan(SharedCount).CopyTo(own);
            gradient.AsSpan(0, StretchCount).CopyTo(own[PlainCount..]);
            for (int i = 0; i < SharedCount; i++)
            {
                hyperparameterGradient[i] += gradient[i];
            }

            for (int i = 0; i < embeddingGradient.Length; i++)
            {
                embeddingGradient[i] += _embeddingGradient[i];
            }
        }

        return total;
    }

    /// <summary>As for one output; the prior of what the outputs share counts once.</summary>
    public double Penalty(ReadOnlySpan<double> hyperparameters, Span<double> gradient)
    {
        double total = 0.0;
        for (int i = 0; i < HyperparameterCount; i++)
        {
            int index = i < SharedCount ? i : SharedCount + ((i - SharedCount) % OwnCount);
            (double value, double slope) = index < _layout.Count
                ? _layout.PenaltyOf(index, hyperparameters[i])
                : _layout.StretchPenalty(hyperparameters[i]);
            total += value;
            gradient[i] += slope;
        }

        return total;
    }

    private int OwnStart(int output) => SharedCount + (output * OwnCount);
}
