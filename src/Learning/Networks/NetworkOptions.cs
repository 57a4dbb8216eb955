using System.Collections.Immutable;
using DklActors.Learning.Engines;

namespace DklActors.Learning.Networks;

/// <summary>The multilayer perceptron between the features and the kernel.</summary>
public sealed record NetworkOptions
{
    /// <summary>No network: the features are the embedding.</summary>
    public static NetworkOptions None { get; } = new() { HiddenWidths = [] };

    /// <summary>Units of the hidden layers. Empty with the identity skip: no network at all.</summary>
    public ImmutableArray<int> HiddenWidths { get; init; } = [32];

    /// <summary>Dimension d of the embedding; 0 means as many as features, which the identity skip requires.</summary>
    public int EmbeddingDimension { get; init; }

    public Activation Activation { get; init; } = Activation.Tanh;

    public SkipConnection Skip { get; init; } = SkipConnection.Identity;

    internal bool IsAbsent => HiddenWidths.IsEmpty && Skip == SkipConnection.Identity;

    /// <exception cref="ArgumentException">An option is out of range.</exception>
    internal void Validate()
    {
        foreach (int width in HiddenWidths)
        {
            OptionCheck.Require(width is >= 1 and <= 16_384, nameof(HiddenWidths), width, "1 to 16384 units each");
        }

        OptionCheck.Require(
            HiddenWidths.Length <= 16, nameof(HiddenWidths), $"{HiddenWidths.Length} layers", "at most 16 layers");
        OptionCheck.Require(
            EmbeddingDimension is >= 0 and <= 1024, nameof(EmbeddingDimension), EmbeddingDimension, "0 to 1024");
        OptionCheck.Require(
            Skip != SkipConnection.Identity || EmbeddingDimension == 0, nameof(EmbeddingDimension),
            EmbeddingDimension, "0 with the identity skip, which keeps the dimension of the features");
        OptionCheck.Require(Enum.IsDefined(Activation), nameof(Activation), Activation, "relu or tanh");
        OptionCheck.Require(Enum.IsDefined(Skip), nameof(Skip), Skip, "none or identity");
    }
}
