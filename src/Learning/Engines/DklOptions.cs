using DklActors.Learning.Features;
using DklActors.Learning.GaussianProcesses;
using DklActors.Learning.Networks;
using DklActors.Learning.Optimisation;

namespace DklActors.Learning.Engines;

/// <summary>
/// Every hyperparameter of deep kernel learning; the defaults are those of the preset <c>dkl</c>.
/// </summary>
public sealed record DklOptions
{
    public FeatureOptions Features { get; init; } = new();

    public NetworkOptions Network { get; init; } = new();

    public ProcessOptions Process { get; init; } = new();

    public OptimiserOptions Optimiser { get; init; } = new();

    /// <summary>Most threads to use; 0 means one a processor. It changes no bit of any result.</summary>
    public int Threads { get; init; }

    internal int ThreadCount => Threads > 0 ? Threads : Environment.ProcessorCount;

    /// <summary>Options by name; see <see cref="DklPresets.Names"/>.</summary>
    /// <exception cref="ArgumentException">There is no preset of that name.</exception>
    public static DklOptions Preset(string name) => DklPresets.Create(name);

    /// <exception cref="ArgumentException">
    /// An option is out of range; the message names it and what would do.
    /// </exception>
    public void Validate()
    {
        Features.Validate();
        Network.Validate();
        Process.Validate();
        Optimiser.Validate();
        OptionCheck.Require(Threads >= 0, nameof(Threads), Threads, "0 (one a processor) or greater");
    }
}
