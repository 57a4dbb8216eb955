using DklActors.Host.Recipes.Documents;
using DklActors.Host.Recipes.Keys;
using DklActors.Host.Recipes.Sections;
using DklActors.Messages.Geometry;

namespace DklActors.Host.Recipes;

/// <summary>One experiment as its recipe describes it, complete with defaults and checked.</summary>
public sealed record Recipe
{
    public required int Version { get; init; }

    /// <summary>Short name for folders and journals: a-z, 0-9 and hyphens.</summary>
    public required string Name { get; init; }

    public required string Title { get; init; }

    /// <summary>Seed of every random choice of the run.</summary>
    public required int Seed { get; init; }

    public required MicroscopeSection Microscope { get; init; }

    public required ExposureSection Exposure { get; init; }

    public required PatchWindow Patch { get; init; }

    public required ScalarizerSection Scalarizer { get; init; }

    public required PlannerSection Planner { get; init; }

    public required LearningSection Learning { get; init; }

    public required StageSection Stage { get; init; }

    public required SampleStageSection SampleStage { get; init; }

    public required DriftSection Drift { get; init; }

    public required LimitsSection Limits { get; init; }

    public required BudgetSection Budget { get; init; }

    public required RecoverySection Recovery { get; init; }

    public required JournalSection Journal { get; init; }

    /// <summary>
    /// SHA-256 of the canonical form, in lower-case hexadecimal. Of the data file it takes the name alone, and nothing
    /// of where the journal is kept, so that a recipe keeps its hash where folders and databases lie elsewhere.
    /// </summary>
    public string Hash => RecipeWriter.Hash(this);

    /// <summary>The whole recipe, every default written out; reading it back gives an equal recipe.</summary>
    public string ToYaml() => RecipeWriter.Write(RecipeBinder.Unbind(this));
}
