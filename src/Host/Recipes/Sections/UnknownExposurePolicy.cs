namespace DklActors.Host.Recipes.Sections;

/// <summary>What happens to a point whose exposure began, and whose frame never came.</summary>
public enum UnknownExposurePolicy
{
    /// <summary>The point is left out; its dose stays charged.</summary>
    Skip,

    /// <summary>The point is exposed once more; its dose is charged twice.</summary>
    MeasureAgain,
}
