using DklActors.Host.Commands;
using DklActors.Host.Composition;
using DklActors.Host.Trainers.Wire;
using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Learning.Linear;
using DklActors.Torch.Engines;
using DklActors.Torch.Runtimes;

namespace DklActors.Host.Trainers.Node;

/// <summary>The engines of this program: the managed one always, and libtorch's where there is one.</summary>
internal sealed class LocalEngines : IEngineSource
{
    private readonly string _device;
    private readonly int _threads;
    private readonly TorchEngines? _torch;
    private readonly string? _noTorch;

    /// <param name="device">Where to train.</param>
    /// <param name="capacity">Trainings at a time, which share the processors.</param>
    /// <exception cref="UsageException">No engine of this build trains there.</exception>
    public LocalEngines(string device, int capacity)
    {
        _device = device;
        _threads = Math.Max(1, Environment.ProcessorCount / capacity);
        try
        {
            _torch = new TorchEngines(device);
        }
        catch (Exception exception) when (exception is TorchAbsentException or ArgumentException)
        {
            _noTorch = exception.Message;
            if (device != "cpu")
            {
                throw new UsageException($"--device {device}: {exception.Message}");
            }
        }
    }

    public string Identity => $"{ManagedDklEngine.Name} {InstructionSet.Current}"
        + (_torch is null ? "" : $", {_torch.Arithmetic}");

    public string? RefusalOf(LearnerSpec learner) =>
        learner.Engine == TorchEngines.KindName && _torch is null
            ? $"the job wants the engine {learner.Engine}, which this node does not have: {_noTorch}"
        : learner.Engine != TorchEngines.KindName && learner.Engine != ManagedEngines.Instance.Kind
            ? $"the job wants the engine {learner.Engine}, and this node has {Identity}"
        : learner.Device is { } device && device != _device
            ? $"the job wants the device {device}, and this node trains on {_device}"
        : null;

    // The number of threads changes no bit.
    public IDklEngine Create(LearnerSpec learner, CandidateSet candidates) =>
        (ExperimentBuilder.LearnerOf(learner.Model, learner.Epochs) with
        {
            Engines = learner.Engine == TorchEngines.KindName && _torch is not null ? _torch : ManagedEngines.Instance,
        })
        .Change(options => options with { Threads = _threads })
        .CreateEngine(candidates);
}
