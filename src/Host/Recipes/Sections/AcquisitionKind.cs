namespace DklActors.Host.Recipes.Sections;

/// <summary>The acquisition function.</summary>
public enum AcquisitionKind
{
    MaximumUncertainty,
    ExpectedImprovement,
    UpperConfidenceBound,
    Thompson,
    Random,
}
