using DklActors.Host.Recipes.Formats;
using DklActors.Host.Recipes.Sections;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Scalarizers.Parameters;
using static DklActors.Host.Recipes.Keys.RecipeKeys;

namespace DklActors.Host.Recipes.Keys;

/// <summary>Typed values to recipe and back; the two directions are mirror images.</summary>
internal static class RecipeBinder
{
    /// <summary>Makes the recipe from values that the rules have passed.</summary>
    public static Recipe Bind(RecipeValues values)
    {
        TimeSpan dwell = values.Get(Dwell);
        return new Recipe
        {
            Version = values.Get(RecipeKeys.Version),
            Name = values.Get(Name),
            Title = values.FindText(Title) ?? values.Get(Name),
            Seed = values.Get(Seed),
            Microscope = MicroscopeBinder.Bind(values),
            Exposure = new ExposureSection(
                dwell, values.Find(Longest) ?? LongestFor(dwell), values.Get(ExposureAttempts)),
            Patch = values.Get(Patch),
            Scalarizer = new ScalarizerSection(SpecOf(values), values.FindText(Quantity)),
            Planner = PlannerBinder.Bind(values),
            Learning = new LearningSection(
                values.Get(Model), values.Get(Epochs), values.Get(StalenessLimit), values.Get(Engine),
                values.FindText(Device), values.Get(Trainer), values.Find(TrainerPatience))
            {
                Transfer = values.Get(Transfer),
            },
            Stage = new StageSection(
                values.Get(Tolerance), values.Get(StageTimeout), values.Get(Margin), values.Get(StageAttempts)),
            SampleStage = SampleStageBinder.Bind(values),
            Drift = DriftBinder.Bind(values),
            Limits = new LimitsSection(
                values.Get(DosePerPixel).Value, values.Get(TotalElectrons).Value, values.Get(Duration).Value,
                values.Get(MinimumFreeDisk)),
            Budget = BudgetOf(values),
            Recovery = new RecoverySection(values.Get(UnknownExposure)),
            Journal = new JournalSection(values.Get(RecipeKeys.JournalStore), values.FindText(JournalConnection)),
        };
    }

    public static RecipeValues Unbind(Recipe recipe)
    {
        var values = new RecipeValues();
        values.Set(RecipeKeys.Version, recipe.Version);
        values.Set(Name, recipe.Name);
        values.Set(Title, recipe.Title);
        values.Set(Seed, recipe.Seed);
        MicroscopeBinder.Unbind(recipe.Microscope, values);
        values.Set(Dwell, recipe.Exposure.Dwell);
        values.Set(Longest, recipe.Exposure.Longest);
        values.Set(ExposureAttempts, recipe.Exposure.Attempts);
        values.Set(Patch, recipe.Patch);
        values.Set(ScalarizerKeys.Kind, recipe.Scalarizer.Spec.Kind);
        foreach ((ScalarizerParameter parameter, RecipeKey key) in ScalarizerKeys.Parameters)
        {
            if (recipe.Scalarizer.Spec.Values.TryGetValue(parameter.Key, out object? value))
            {
                values.SetAny(key, value);
            }
        }

        values.SetIfAny(Quantity, recipe.Scalarizer.Quantity);
        PlannerBinder.Unbind(recipe.Planner, values);
        values.Set(Model, recipe.Learning.Model);
        values.Set(Epochs, recipe.Learning.Epochs);
        values.Set(StalenessLimit, recipe.Learning.StalenessLimit);
        values.Set(Engine, recipe.Learning.Engine);
        values.SetIfAny(Device, recipe.Learning.Device);
        values.Set(Trainer, recipe.Learning.Trainer);
        if (recipe.Learning.TrainerPatience is { } patience)
        {
            values.Set(TrainerPatience, patience);
        }

        values.Set(Transfer, recipe.Learning.Transfer);
        values.Set(Tolerance, recipe.Stage.TolerancePx);
        values.Set(StageTimeout, recipe.Stage.Timeout);
        values.Set(Margin, recipe.Stage.MarginPx);
        values.Set(StageAttempts, recipe.Stage.Attempts);
        SampleStageBinder.Unbind(recipe.SampleStage, values);
        DriftBinder.Unbind(recipe.Drift, values);
        values.Set(DosePerPixel, new(recipe.Limits.DosePerPixel));
        values.Set(TotalElectrons, new(recipe.Limits.TotalElectrons));
        values.Set(Duration, new(recipe.Limits.Duration));
        values.Set(MinimumFreeDisk, recipe.Limits.MinimumFreeDiskBytes);
        values.Set(BudgetElectrons, new(recipe.Budget.Electrons));
        values.Set(BudgetPerPixel, new(recipe.Budget.DosePerPixel));
        values.Set(BudgetDuration, new(recipe.Budget.Duration));
        values.Set(BudgetConvergence, recipe.Budget.Convergence);
        values.SetIfAny(BudgetTolerance, recipe.Budget.Tolerance);
        values.SetIfAny(BudgetOver, recipe.Budget.Over);
        values.Set(UnknownExposure, recipe.Recovery.UnknownExposure);
        values.Set(RecipeKeys.JournalStore, recipe.Journal.Store);
        values.SetIfAny(JournalConnection, recipe.Journal.Connection);
        return values;
    }

    private static BudgetSection BudgetOf(RecipeValues values)
    {
        ConvergenceKind convergence = values.Get(BudgetConvergence);
        double? tolerance = convergence switch
        {
            ConvergenceKind.Map => MapTolerance,
            ConvergenceKind.Best => BestTolerance,
            _ => null,
        };
        return new BudgetSection(
            values.Get(BudgetPerPixel).Value, values.Get(BudgetElectrons).Value, values.Get(BudgetDuration).Value,
            convergence, values.Find(BudgetTolerance) ?? tolerance, values.Find(BudgetOver));
    }

    /// <summary>The scalarizer of values that the rules have passed.</summary>
    public static ScalarizerSpec SpecOf(RecipeValues values)
    {
        var spec = new ScalarizerSpec(values.Get(ScalarizerKeys.Kind));
        foreach ((ScalarizerParameter parameter, RecipeKey key) in ScalarizerKeys.Parameters)
        {
            spec = values.FindAny(key) is { } value ? spec.WithAny(parameter, value) : spec;
        }

        return spec;
    }

    /// <summary>The lease that a dwell gets where the recipe names none: half as long again, and 50 ms.</summary>
    public static TimeSpan LongestFor(TimeSpan dwell) => (1.5 * dwell) + TimeSpan.FromMilliseconds(50);
}
