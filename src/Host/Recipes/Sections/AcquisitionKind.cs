namespace DklActors.Host.Recipes.Sections;

/// <summary>The acquisition function.</summary>
public enum AcquisitionKind
{
    MaximumUncertainty,
    IntegratedVarianceReduction,
    ExpectedImprovement,
    LogExpectedImprovement,
    NoisyExpectedImprovement,
    ProbabilityOfImprovement,
    UpperConfidenceBound,
    KnowledgeGradient,
    Thompson,
    Random,

    /// <summary>One after the other, as <see cref="PlannerSection.Schedule"/> says.</summary>
    Schedule,
}
