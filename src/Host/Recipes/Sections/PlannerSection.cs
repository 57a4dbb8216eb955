namespace DklActors.Host.Recipes.Sections;

/// <summary>What decides where to measure next, and how often.</summary>
public sealed record PlannerSection
{
    public required AcquisitionKind Acquisition { get; init; }

    /// <summary>Weight of the deviation; only for <see cref="AcquisitionKind.UpperConfidenceBound"/>.</summary>
    public required double? Beta { get; init; }

    /// <summary>Margin over the best, in deviations of the scalar; only for functions that have one.</summary>
    public required double? Xi { get; init; }

    /// <summary>Draws; only for <see cref="AcquisitionKind.NoisyExpectedImprovement"/>.</summary>
    public required int? Samples { get; init; }

    /// <summary>Candidates that may turn out best; only for <see cref="AcquisitionKind.KnowledgeGradient"/>.</summary>
    public required int? Alternatives { get; init; }

    /// <summary>
    /// Candidates that stand for the map; only for <see cref="AcquisitionKind.IntegratedVarianceReduction"/>.
    /// </summary>
    public required int? References { get; init; }

    /// <summary>Functions and when they end; only for <see cref="AcquisitionKind.Schedule"/>.</summary>
    public required string? Schedule { get; init; }

    public required PlannerGoal Goal { get; init; }

    /// <summary>The scalars searched for; only for <see cref="PlannerGoal.Hit"/>.</summary>
    public required ScalarRange? Target { get; init; }

    public required PenaltySection Penalties { get; init; }

    /// <summary>Where points may be planned; null for the whole image.</summary>
    public required PixelRegion? Region { get; init; }

    /// <summary>Points measured before the first model.</summary>
    public required int Seeds { get; init; }

    public required SeedDesign SeedDesign { get; init; }

    /// <summary>Array of the data set with the seeds; only for <see cref="SeedDesign.Recorded"/>.</summary>
    public required string? SeedsFrom { get; init; }

    /// <summary>Points measured beyond the seeds.</summary>
    public required int Measurements { get; init; }

    /// <summary>Points planned ahead of the probe.</summary>
    public required int Lookahead { get; init; }
}
