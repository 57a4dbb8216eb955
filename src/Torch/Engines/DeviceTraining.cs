using DklActors.Learning.Optimisation;
using DklActors.Torch.Runtimes;

namespace DklActors.Torch.Engines;

/// <summary>One step of a training after the other, on the device.</summary>
/// <remarks>
/// A step is: embed, the process's loss and slopes, the network's slopes by a backward pass from the embedding, Adam on
/// weights and hyperparameters. Nothing in it waits for the device, so that it can be recorded.
/// </remarks>
internal sealed class DeviceTraining : IDisposable
{
    // Operations choose their algorithms and workspaces when they are first used, which cannot be recorded.
    private const int StepsBeforeRecording = 3;

    // A GPU is asked no more often than that whether it is done.
    private const int StepsBetweenLooks = 16;

    private readonly DeviceNetwork _network;
    private readonly DeviceProcess _process;
    private readonly OptimiserOptions _options;
    private readonly Tensor _features;
    private readonly long _count;
    private readonly bool _hasNetwork;
    private readonly bool _mayWait;

    /// <param name="network">The network.</param>
    /// <param name="process">The process over the training points.</param>
    /// <param name="features">N × F features of the training points.</param>
    /// <param name="weights">P values to start from; copied.</param>
    /// <param name="hyperparameters">To start from; copied.</param>
    /// <param name="options">How fast and how long.</param>
    /// <param name="mayWait">Whether the host may look after every step.</param>
    public DeviceTraining(
        DeviceNetwork network, DeviceProcess process, Tensor features, float[] weights, double[] hyperparameters,
        OptimiserOptions options, bool mayWait)
    {
        _network = network;
        _process = process;
        _features = features;
        _count = features.shape[0];
        _options = options;
        _hasNetwork = weights.Length > 0;
        _mayWait = mayWait;
        Weights = nn.Parameter(torch.tensor(weights, [weights.Length], dtype: features.dtype, device: features.device));
        Hyperparameters = nn.Parameter(
            torch.tensor(hyperparameters, [hyperparameters.Length], device: features.device), requires_grad: false);
        Course = new DeviceCourse(Weights, Hyperparameters, options, mayWait);
    }

    public Parameter Weights { get; }

    public Parameter Hyperparameters { get; }

    public DeviceCourse Course { get; }

    /// <exception cref="OperationCanceledException">Cancelled, noticed before each step.</exception>
    public void Run(int epochs, CancellationToken cancellationToken)
    {
        using var weightSteps = Optimiser(Weights, _options.NetworkLearningRate);
        using var hyperparameterSteps = Optimiser(Hyperparameters, _options.HyperparameterLearningRate);
        IRecordedStep? recorded = null;
        try
        {
            for (int epoch = 0; epoch < epochs; epoch++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (epoch == StepsBeforeRecording)
                {
                    recorded = TensorRuntime.TryRecord(_features.device, Step);
                }

                if (recorded is null)
                {
                    Step();
                }
                else
                {
                    recorded.Replay();
                }

                if ((_mayWait || epoch % StepsBetweenLooks == 0) && Course.IsOver)
                {
                    break;
                }
            }
        }
        finally
        {
            recorded?.Dispose();
        }

        void Step()
        {
            using var scope = torch.NewDisposeScope();
            weightSteps.zero_grad();
            Course.Observe(Evaluate());
            weightSteps.step();
            hyperparameterSteps.step();
        }
    }

    /// <summary>The loss in nats per point; its slopes are the gradients of weights and hyperparameters after it.
    /// </summary>
    public Tensor Evaluate()
    {
        Tensor embedding = _network.Forward(Weights, _features);
        ProcessGradient process;
        using (torch.no_grad())
        {
            process = _process.Evaluate(embedding, Hyperparameters);
            Hyperparameters.grad = process.Hyperparameters;
        }

        if (!_hasNetwork)
        {
            return process.Loss;
        }

        embedding.backward([process.Embedding.to(Weights.dtype)]);
        if (_options.WeightDecay == 0.0)
        {
            return process.Loss;
        }

        using (torch.no_grad())
        {
            double share = _options.WeightDecay / _count;
            Weights.grad!.add_(Weights, share);
            return process.Loss + (Weights.square().sum().to(float64) * (0.5 * share));
        }
    }

    public void Dispose() => Course.Dispose();

    private static Adam Optimiser(Parameter parameter, double rate) =>
        optim.Adam([parameter], lr: rate, beta1: 0.9, beta2: 0.999, eps: 1e-8);
}
