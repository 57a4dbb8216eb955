using System.Collections.Immutable;
using DklActors.Learning.Engines;

namespace DklActors.Learning.Features;

/// <summary>What the network sees of a candidate; each part is a block of columns, all standardised.</summary>
public sealed record FeatureOptions
{
    /// <summary>No block at all, to build on.</summary>
    public static FeatureOptions Nothing { get; } = new()
    {
        PrincipalComponents = 0,
        JetScalesInPixels = [],
        Position = false,
    };

    /// <summary>The raw pixels of the patch.</summary>
    public bool Pixels { get; init; }

    /// <summary>Number of principal components of the patches, 0 for none.</summary>
    public int PrincipalComponents { get; init; } = 4;

    /// <summary>
    /// Number of principal components of the patches whose mean and spread over the patch's eight rotations and mirror
    /// images are features, 0 for none.
    /// </summary>
    public int DihedralComponents { get; init; }

    /// <summary>Number of principal components of the rings around a candidate, 0 for none.</summary>
    public int RingComponents { get; init; }

    /// <summary>Standard deviations (px) of the Gaussians whose derivatives make the jets; empty for none.</summary>
    public ImmutableArray<double> JetScalesInPixels { get; init; } = [1.0, 2.0, 4.0];

    /// <summary>Whether anything of the structural image is used.</summary>
    public bool UseStructure => Pixels || PrincipalComponents > 0 || DihedralComponents > 0 || RingComponents > 0
        || JetScalesInPixels.Length > 0;

    /// <summary>Row and column, for what structure alone does not tell; a long lengthscale switches it off.</summary>
    public bool Position { get; init; } = true;

    /// <exception cref="ArgumentException">An option is out of range.</exception>
    internal void Validate()
    {
        OptionCheck.Require(
            PrincipalComponents is >= 0 and <= 256, nameof(PrincipalComponents), PrincipalComponents, "0 to 256");
        OptionCheck.Require(
            DihedralComponents is >= 0 and <= 64, nameof(DihedralComponents), DihedralComponents, "0 to 64");
        OptionCheck.Require(RingComponents is >= 0 and <= 64, nameof(RingComponents), RingComponents, "0 to 64");
        foreach (double scale in JetScalesInPixels)
        {
            OptionCheck.Require(
                scale is >= 0.3 and <= 100.0, nameof(JetScalesInPixels), scale, "0.3 to 100 px each");
        }

        OptionCheck.Require(
            UseStructure || Position, "Features", "empty",
            "at least one of pixels, components, symmetric components, rings, jets and position");
    }
}
