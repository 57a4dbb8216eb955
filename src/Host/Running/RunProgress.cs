using DklActors.Actors.Budgeting;
using DklActors.Actors.Experiments;
using DklActors.Learning.Scoring;
using DklActors.Messages.Geometry;
using DklActors.Messages.Models;

namespace DklActors.Host.Running;

/// <summary>A glance at a run, for people.</summary>
internal sealed record RunProgress
{
    public required RunState State { get; init; }

    public required int Measured { get; init; }

    public required int Total { get; init; }

    public GridPoint? LastPoint { get; init; }

    public double? LastValue { get; init; }

    public double? Best { get; init; }

    public GridPoint? BestAt { get; init; }

    public int ModelVersion { get; init; }

    /// <summary>Scalars that the model was not trained on.</summary>
    public int ModelAge { get; init; }

    public TimeSpan? LastTraining { get; init; }

    public MapScore? Score { get; init; }

    public double Electrons { get; init; }

    /// <summary>How far the recipe's budgets are used, beside that of points.</summary>
    public IReadOnlyList<BudgetUse> Budgets { get; init; } = [];

    public double? BeamUtilisation { get; init; }

    /// <summary>The evidence by which the verdict about structure settled last, or null.</summary>
    public StructureEvidence? Structure { get; init; }

    /// <summary>How far the sample has drifted, in words; null where nobody looks.</summary>
    public string? Drift { get; init; }

    /// <summary>Why exposures are held back, or what last went wrong.</summary>
    public string? Notice { get; init; }
}
