namespace DklActors.Learning.GaussianProcesses;

/// <summary>
/// Negative log marginal likelihood of Q outputs at the same N points: Σ over independent Gaussian processes that
/// share embedding and lengthscales, each with its own output scale, noise and mean.
/// </summary>
/// <remarks>
/// The outputs are principal components, which are uncorrelated, and the later ones are mostly noise: with one noise
/// for all, the first would be doubted as much as the last. One workspace serves all outputs in turn.
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

    /// <summary>Number of hyperparameters: the shared lengthscales, then three an output.</summary>
    public int HyperparameterCount => SharedCount + (_targets.Length * OwnCount);

    private int SharedCount => _layout.VarianceIndex;

    private int OwnCount => _layout.Count - SharedCount;

    /// <summary>The priors' medians, where a cold start begins.</summary>
    public double[] Start()
    {
        double[] one = _layout.Start();
        return [.. one[..SharedCount], .. _targets.SelectMany(_ => one[SharedCount..])];
    }

    /// <summary>The hyperparameters of one output, in the layout's order.</summary>
    public double[] Of(int output, ReadOnlySpan<double> hyperparameters) =>
        [.. hyperparameters[..SharedCount], .. hyperparameters.Slice(OwnStart(output), OwnCount)];

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
            gradient.AsSpan(SharedCount).CopyTo(hyperparameterGradient[OwnStart(output)..]);
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
            (double value, double slope) = _layout.PenaltyOf(index, hyperparameters[i]);
            total += value;
            gradient[i] += slope;
        }

        return total;
    }

    private int OwnStart(int output) => SharedCount + (output * OwnCount);
}
