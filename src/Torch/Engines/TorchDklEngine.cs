using System.Runtime.InteropServices;
using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Learning.Linear;
using DklActors.Torch.Runtimes;

namespace DklActors.Torch.Engines;

/// <summary>
/// Deep kernel learning by libtorch, on the processor or on a GPU: the model, the start and the state of
/// <see cref="ManagedDklEngine"/>, so that either engine goes on where the other stopped.
/// </summary>
/// <remarks>
/// The network is float32, the Gaussian process float64. One request gives the same bits on the same device under the
/// same libtorch; <see cref="Identity"/> names both.
/// </remarks>
public sealed class TorchDklEngine : DklEngine
{
    /// <summary>Name and version, as it stands in the states that this engine writes.</summary>
    public const string Name = EngineNames.Torch;

    // Rows of one pass over all candidates: enough to fill a GPU, and little for the caches of a processor.
    private const int RowsOnDevice = 65_536;
    private const int RowsOnHost = 512;

    private readonly Device _device;
    private readonly DeviceNetwork _network;
    private readonly Lazy<DeviceFeatures> _features;

    /// <param name="candidates">What may be measured.</param>
    /// <param name="options">The model.</param>
    /// <param name="device"><c>cpu</c>, or <c>cuda:0</c> and so on.</param>
    /// <exception cref="ArgumentException">An option is out of range, or there is no such kind of device.</exception>
    /// <exception cref="TorchAbsentException">There is no libtorch, or no such device.</exception>
    public TorchDklEngine(CandidateSet candidates, DklOptions options, string device = "cpu")
        : this(candidates, options, device, float32)
    {
    }

    /// <param name="candidates">What may be measured.</param>
    /// <param name="options">The model.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="type">Type of the network's numbers; states have float32 all the same.</param>
    internal TorchDklEngine(CandidateSet candidates, DklOptions options, string device, ScalarType type)
        : base(candidates, options)
    {
        _device = torch.device(device);
        TensorRuntime.Require(_device);
        Type = type;
        _network = new DeviceNetwork(Network, options.Network);
        _features = new(() => new DeviceFeatures(Features, _device, type));
    }

    public override string Identity => $"{Name} {BitsOf(_device)}";

    internal ScalarType Type { get; }

    /// <summary>
    /// Whether the host may look at results in the middle of a step. It would wait for a GPU each time, and does not;
    /// where it computes itself it may leave that, too, so that the way of a GPU can be tried there.
    /// </summary>
    internal bool? MayWait { get; init; }

    private protected override string StateName => Name;

    /// <summary>What the bits of a result depend on: the processor's instruction set too, as everywhere.</summary>
    internal static string BitsOf(Device device) => $"{ArithmeticOf(device)}; {InstructionSet.Current}";

    /// <summary>Such as <c>libtorch 1.13.0 cpu</c>.</summary>
    internal static string ArithmeticOf(Device device) => $"{TensorRuntime.Version} {device}";

    /// <summary>The steps of a training, to be taken; to be disposed of in the scope that it is made in.</summary>
    internal DeviceTraining Begin(TrainingData data, DeviceProcess process, ModelWeights start) => new(
        _network, process, _features.Value.Rows(data.Candidates), start.Network, start.Hyperparameters,
        Options.Optimiser, Waits);

    internal DeviceProcess ProcessOf(TrainingData data) => new(Layout, Options.Process, data, _device, Waits);

    private bool Waits => MayWait ?? _device.type == DeviceType.CPU;

    private protected override TrainingCourse Run(
        TrainingData data, ModelWeights start, int epochs, CancellationToken cancellationToken)
    {
        try
        {
            using IDisposable? stream = TensorRuntime.OwnStream(_device);
            using var scope = torch.NewDisposeScope();
            using DeviceProcess process = ProcessOf(data);
            TrainingCourse course = default;
            foreach (double jitter in Cholesky.JitterLadder)
            {
                // The host tries the ladder at every step. A GPU, which it does not wait for, takes one rung a
                // training: the next where no step of it had a finite loss.
                process.FixedJitter = jitter;
                using DeviceTraining training = Begin(data, process, start);
                training.Run(epochs, cancellationToken);
                course = training.Course.Finish(start.Network, start.Hyperparameters);
                if (Waits || !double.IsInfinity(course.BestLoss))
                {
                    break;
                }
            }

            return course;
        }
        catch (ExternalException exception)
        {
            throw new TrainingFailedException($"libtorch could not train on {_device}: {exception.Message}", exception);
        }
    }

    private protected override ReadOnlyMemory<float> EmbedAll(float[] weights)
    {
        if (Network.LayerCount == 0)
        {
            return new CandidateEmbedder(Features, Network, threads: 1).All(weights);
        }

        using IDisposable? stream = TensorRuntime.OwnStream(_device);
        using IDisposable silent = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        Tensor parameters = torch.tensor(weights, [weights.Length], dtype: Type, device: _device);
        int step = _device.type == DeviceType.CPU ? RowsOnHost : RowsOnDevice;
        List<Tensor> parts = [];
        for (int first = 0; first < Features.Count; first += step)
        {
            using var pass = torch.NewDisposeScope();
            Tensor rows = _features.Value.Rows(first, Math.Min(step, Features.Count - first));
            parts.Add(_network.Forward(parameters, rows).to(float32).MoveToOuterDisposeScope());
        }

        return torch.cat(parts).cpu().data<float>().ToArray();
    }
}
