using DklActors.Learning.Engines;

namespace DklActors.Learning.Vectors;

/// <summary>How whole frames are learned.</summary>
public sealed record VectorOptions
{
    /// <summary>Most components that a search may find; each costs a Cholesky factor an epoch.</summary>
    public const int MostComponents = 16;

    /// <summary>Features, network, kernel and training.</summary>
    public DklOptions Model { get; init; } = new();

    /// <summary>Number of principal components; null to keep those that stand out of the noise.</summary>
    public int? Components { get; init; }

    /// <summary>Of the network's first weights and of the signs that tell noise from structure.</summary>
    public ulong Seed { get; init; }

    /// <exception cref="ArgumentException">An option is out of range.</exception>
    internal void Validate()
    {
        Model.Validate();
        OptionCheck.Require(
            Components is null or (>= 0 and <= 256), nameof(Components), Components, "0 to 256, or left out");
    }
}
