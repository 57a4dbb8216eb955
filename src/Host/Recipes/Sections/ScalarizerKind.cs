namespace DklActors.Host.Recipes.Sections;

/// <summary>What a scalarizer computes from the window.</summary>
public enum ScalarizerKind
{
    BandMean,
    BandSum,
    PeakMaximum,
    WindowRatio,
}
