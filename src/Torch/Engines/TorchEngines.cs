using System.Collections.Immutable;
using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Learning.Ensembles;
using DklActors.Torch.Runtimes;

namespace DklActors.Torch.Engines;

/// <summary>Engines on libtorch, all on one device.</summary>
public sealed class TorchEngines : IEngineFactory
{
    /// <summary>Name of the kind, as a recipe has it.</summary>
    public const string KindName = "torch";

    private readonly string _device;

    /// <param name="device"><c>cpu</c>, or <c>cuda:0</c> and so on.</param>
    /// <exception cref="ArgumentException">There is no such kind of device.</exception>
    /// <exception cref="TorchAbsentException">There is no libtorch, or no such device.</exception>
    public TorchEngines(string device)
    {
        TensorRuntime.Require(torch.device(device));
        _device = device;
        Arithmetic = $"{TorchDklEngine.Name} {TorchDklEngine.ArithmeticOf(torch.device(device))}";
    }

    public string Kind => KindName;

    public string Arithmetic { get; }

    public IDklEngine Create(CandidateSet candidates, ImmutableArray<EnsembleMember> members) => members.Length == 1
        ? new TorchDklEngine(candidates, members[0].Options, _device)
        : new EnsembleEngine(
            EngineNames.TorchEnsemble, TorchDklEngine.BitsOf(torch.device(_device)), candidates, members,
            options => new TorchDklEngine(candidates, options, _device));
}
