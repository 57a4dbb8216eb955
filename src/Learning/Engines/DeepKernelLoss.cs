using DklActors.Learning.GaussianProcesses;
using DklActors.Learning.Linear;
using DklActors.Learning.Networks;

namespace DklActors.Learning.Engines;

/// <summary>
/// What training minimises, per training point: negative log marginal likelihood, minus the log priors of the
/// hyperparameters, plus λ/2·‖w‖² over the network's weights; with its gradients through kernel and network.
/// </summary>
internal sealed class DeepKernelLoss
{
    private readonly EmbeddingNetwork _network;
    private readonly ILikelihood _likelihood;
    private readonly NetworkWorkspace _workspace;
    private readonly float[] _features;
    private readonly double _weightDecay;
    private readonly int _threads;
    private readonly int _count;
    private readonly double[] _embeddingSlopes;
    private readonly float[] _embeddingGradient;

    /// <param name="network">The network.</param>
    /// <param name="layout">The hyperparameters.</param>
    /// <param name="features">N × F features of the training points.</param>
    /// <param name="targets">N standardised targets.</param>
    /// <param name="errorVariances">N squared standard errors, standardised.</param>
    /// <param name="weightDecay">λ.</param>
    /// <param name="threads">Most threads to use.</param>
    public DeepKernelLoss(
        EmbeddingNetwork network, HyperparameterLayout layout, float[] features, double[] targets,
        double[] errorVariances, double weightDecay, int threads)
        : this(
            network, new MarginalLikelihood(layout, targets, errorVariances, threads), features, targets.Length,
            weightDecay, threads)
    {
    }

    /// <param name="network">The network.</param>
    /// <param name="likelihood">Of the training points, for one output or several.</param>
    /// <param name="features">N × F features of the training points.</param>
    /// <param name="count">N.</param>
    /// <param name="weightDecay">λ.</param>
    /// <param name="threads">Most threads to use.</param>
    public DeepKernelLoss(
        EmbeddingNetwork network, ILikelihood likelihood, float[] features, int count, double weightDecay, int threads)
    {
        _network = network;
        _likelihood = likelihood;
        _workspace = network.CreateWorkspace(count);
        _features = features;
        _weightDecay = weightDecay;
        _threads = threads;
        _count = count;
        _embeddingSlopes = network.ParameterCount > 0 ? new double[_count * network.Dimension] : [];
        _embeddingGradient = new float[_embeddingSlopes.Length];
    }

    /// <summary>Jitter that the last evaluation needed on the kernel matrix's diagonal.</summary>
    public double Jitter => _likelihood.Jitter;

    /// <returns>Loss in nats per point; NaN if the kernel matrix does not factorise.</returns>
    public double Evaluate(
        float[] weights, double[] hyperparameters, float[] weightGradient, double[] hyperparameterGradient)
    {
        ReadOnlyMemory<float> embedding = _network.Forward(weights, _features, _count, _workspace, _threads);
        double likelihood = _likelihood.Evaluate(
            embedding.Span, hyperparameters, hyperparameterGradient, _embeddingSlopes);
        if (double.IsNaN(likelihood))
        {
            return double.NaN;
        }

        double total = likelihood + _likelihood.Penalty(hyperparameters, hyperparameterGradient);
        for (int i = 0; i < hyperparameterGradient.Length; i++)
        {
            hyperparameterGradient[i] /= _count;
        }

        return _network.ParameterCount == 0
            ? total / _count
            : (total / _count) + DifferentiateNetwork(weights, weightGradient);
    }

    private double DifferentiateNetwork(float[] weights, float[] weightGradient)
    {
        for (int i = 0; i < _embeddingSlopes.Length; i++)
        {
            double slope = Negligible.Clear(_embeddingSlopes[i] / _count, Negligible.Slope);
            _embeddingGradient[i] = (float)slope;
        }

        _network.Backward(
            weights, _features, _count, _workspace, _embeddingGradient, weightGradient, _threads);
        if (_weightDecay == 0.0)
        {
            return 0.0;
        }

        double squares = 0.0;
        float factor = (float)(_weightDecay / _count);
        for (int i = 0; i < weights.Length; i++)
        {
            squares += weights[i] * weights[i];
            weightGradient[i] += factor * weights[i];
        }

        return 0.5 * _weightDecay * squares / _count;
    }
}
