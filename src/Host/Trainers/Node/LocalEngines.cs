using DklActors.Host.Commands;
using DklActors.Host.Composition;
using DklActors.Host.Trainers.Wire;
using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Learning.Linear;

namespace DklActors.Host.Trainers.Node;

/// <summary>The engines of this program.</summary>
internal sealed class LocalEngines : IEngineSource
{
    /// <summary>The engine in plain C#.</summary>
    public const string Managed = "managed";

    private readonly string _device;
    private readonly int _threads;

    /// <param name="device">Where to train.</param>
    /// <param name="capacity">Trainings at a time, which share the processors.</param>
    /// <exception cref="UsageException">No engine of this build trains there.</exception>
    public LocalEngines(string device, int capacity)
    {
        _device = device;
        _threads = Math.Max(1, Environment.ProcessorCount / capacity);
        if (device != "cpu")
        {
            throw new UsageException(
                $"--device {device}: this build trains on the processor alone; leave --device out, or write cpu.");
        }
    }

    public string Identity => $"{ManagedDklEngine.Name} {InstructionSet.Current}";

    public string? RefusalOf(LearnerSpec learner) =>
        learner.Engine != Managed ? $"the job wants the engine {learner.Engine}, and this node has {Managed}"
        : learner.Device is { } device && device != _device
            ? $"the job wants the device {device}, and this node trains on {_device}"
        : null;

    // The number of threads changes no bit.
    public IDklEngine Create(LearnerSpec learner, CandidateSet candidates) =>
        ExperimentBuilder.LearnerOf(learner.Model, learner.Epochs)
            .Change(options => options with { Threads = _threads })
            .CreateEngine(candidates);
}
