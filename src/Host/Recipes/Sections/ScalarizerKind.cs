namespace DklActors.Host.Recipes.Sections;

/// <summary>What a scalarizer computes from a frame.</summary>
public enum ScalarizerKind
{
    BandMean,
    BandSum,
    PeakMaximum,
    WindowRatio,

    /// <summary>The recorded number itself.</summary>
    Value,
}
