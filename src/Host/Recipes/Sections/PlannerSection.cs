namespace DklActors.Host.Recipes.Sections;

/// <summary>What decides where to measure next, and how often.</summary>
public sealed record PlannerSection
{
    public required AcquisitionKind Acquisition { get; init; }

    /// <summary>Weight of the deviation; only for <see cref="AcquisitionKind.UpperConfidenceBound"/>.</summary>
    public required double? Beta { get; init; }

    /// <summary>
    /// Margin over the best, in deviations of the scalar; only for
    /// <see cref="AcquisitionKind.ExpectedImprovement"/>.
    /// </summary>
    public required double? Xi { get; init; }

    public required PlannerGoal Goal { get; init; }

    /// <summary>Points measured before the first model.</summary>
    public required int Seeds { get; init; }

    public required SeedDesign SeedDesign { get; init; }

    /// <summary>Points measured beyond the seeds.</summary>
    public required int Measurements { get; init; }

    /// <summary>Points planned ahead of the probe.</summary>
    public required int Lookahead { get; init; }
}
