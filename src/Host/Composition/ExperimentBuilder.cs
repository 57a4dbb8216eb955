using DklActors.Actors.Dosimetry;
using DklActors.Actors.Experiments;
using DklActors.Host.Recipes;
using DklActors.Host.Recipes.Sections;
using DklActors.Instruments.Ports;
using DklActors.Learning.Ensembles;
using DklActors.Messages.Events;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Physics.Scalarizers;
using UnknownExposurePolicy = DklActors.Actors.Experiments.UnknownExposurePolicy;

namespace DklActors.Host.Composition;

/// <summary>Resolves a recipe and checks what only the instrument and the engine can tell.</summary>
internal static class ExperimentBuilder
{
    // A model of fewer points has nothing to learn its lengthscale from.
    private const int FirstTraining = 4;

    private static readonly TimeSpan ReadOutDeadline = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TrainingDeadline = TimeSpan.FromMinutes(2);

    /// <exception cref="RecipeException">The recipe does not fit the instrument.</exception>
    public static Experiment Build(Recipe recipe, RecipeOrigins origins, TimeProvider time)
    {
        _ = LearnerOf(recipe, origins);
        EngineBuilder.Check(recipe, origins);
        IInstrument microscope = MicroscopeBuilder.Build(recipe, origins, time);
        try
        {
            StageCheck.Run(recipe, origins, microscope);
            CheckPatch(recipe, origins, microscope);
            SeedCheck.Run(recipe, origins, microscope);
            BudgetBuilder.Check(recipe, origins, microscope);
            CheckScalarizer(recipe, origins, microscope.EnergyAxis);
            RunDesign design = Design(recipe, origins, microscope.Places) with
            {
                Choices = new RecipeChoices(recipe, microscope.EnergyAxis) { ChecksFrames = true },
            };
            return new Experiment(design, microscope);
        }
        catch
        {
            microscope.Dispose();
            throw;
        }
    }

    /// <summary>
    /// As <see cref="Build"/> for a run whose frames are in its folder: a microscope over a network is not asked.
    /// </summary>
    /// <exception cref="RecipeException">The recipe does not fit the instrument.</exception>
    public static Experiment BuildAsRecorded(Recipe recipe, RecipeOrigins origins, TimeProvider time) =>
        recipe.Microscope is RemoteSection remote
            ? new Experiment(
                Design(recipe, origins, InstrumentPlaces.Everywhere),
                new AbsentInstrument($"microscope at {remote.Address}"))
            : Build(recipe, origins, time);

    /// <summary>Resolves what no instrument is needed for; what only it could tell is not checked.</summary>
    /// <exception cref="RecipeException">There is no such model, or the scalarizer cannot be made.</exception>
    public static RunDesign Design(Recipe recipe, RecipeOrigins origins, InstrumentPlaces places)
    {
        PlanSettings plan = PlanBuilder.Build(recipe.Planner, places.SeedPoints) with
        {
            MarginInPixels = recipe.Stage.MarginPx,
            Follows = BudgetBuilder.AimOf(recipe.Budget),
        };
        LearnerOptions learner = LearnerOf(recipe, origins);
        Provenance provenance = ProvenanceReader.Read(learner.Engines.Arithmetic);
        return new RunDesign(
            recipe,
            ScalarizerBuilder.Build(recipe, origins),
            learner,
            runId => SettingsOf(recipe, runId, provenance, plan) with
            {
                Sites = places.Sites,
                SiteExtent = places.SiteExtent,
            });
    }

    private static ExperimentSettings SettingsOf(
        Recipe recipe, string runId, Provenance provenance, PlanSettings plan) => new()
        {
            RunId = runId,
            Name = recipe.Name,
            Seed = (ulong)recipe.Seed,
            RecipeHash = recipe.Hash,
            Provenance = provenance,
            Patch = recipe.Patch,
            Exposure = new ExposureSettings(
                recipe.Exposure.Dwell, recipe.Exposure.Longest, recipe.Exposure.Attempts, ReadOutDeadline),
            Stage = new StageSettings(
                recipe.Stage.TolerancePx, recipe.Stage.Timeout, recipe.Stage.Attempts, recipe.Stage.MarginPx),
            Plan = plan,
            Learning = new LearningSettings(
                $"{Words.Kebab(recipe.Learning.Engine)}, {recipe.Learning.Model}", FirstTraining,
                recipe.Learning.StalenessLimit, TrainingDeadline),
            Place = StageCheck.SettingsOf(recipe.SampleStage),
            Drift = DriftBuilder.Build(recipe.Drift),
            Limits = new DoseLimits(
                recipe.Limits.DosePerPixel, recipe.Limits.TotalElectrons, recipe.Limits.Duration),
            Budget = BudgetBuilder.Build(recipe.Budget),
            UnknownExposures = recipe.Recovery.UnknownExposure == Recipes.Sections.UnknownExposurePolicy.Skip
                ? UnknownExposurePolicy.Skip
                : UnknownExposurePolicy.MeasureAgain,
        };

    /// <summary>The model or models that the recipe names.</summary>
    /// <exception cref="RecipeException">There is no such model.</exception>
    public static LearnerOptions LearnerOf(Recipe recipe, RecipeOrigins origins)
    {
        if (!LearnerPresets.Names.Contains(recipe.Learning.Model))
        {
            throw new RecipeException(origins.ErrorAt(
                "learning.model",
                $"there is no model '{recipe.Learning.Model}'",
                $"choose one of {string.Join(", ", LearnerPresets.Names)}"));
        }

        return LearnerOf(recipe.Learning.Model, recipe.Learning.Epochs) with
        {
            Engines = EngineBuilder.Of(recipe.Learning),
        };
    }

    /// <summary>A preset with at most so many epochs a training.</summary>
    /// <exception cref="ArgumentException">There is no such model.</exception>
    public static LearnerOptions LearnerOf(string model, int epochs) =>
        LearnerPresets.Create(model).Change(preset => preset with
        {
            Optimiser = preset.Optimiser with
            {
                MaxEpochs = Math.Min(preset.Optimiser.MaxEpochs, epochs),
                MaxWarmEpochs = Math.Min(preset.Optimiser.MaxWarmEpochs, epochs),
            },
        });

    private static void CheckPatch(Recipe recipe, RecipeOrigins origins, IInstrument microscope)
    {
        GridShape image = microscope.Probe.ScanWindow;
        int size = recipe.Patch.Size;
        if (size > image.Rows || size > image.Columns)
        {
            throw new RecipeException(origins.ErrorAt(
                "patch",
                $"a patch of {recipe.Patch} is larger than the structural image of {image}",
                $"choose at most {Math.Min(image.Rows, image.Columns)} px"));
        }

        int margin = recipe.Stage.MarginPx;
        long candidates = PlanBuilder.CountCandidates(
            recipe.Planner.Region, recipe.Patch, image, microscope.Places.Sites);
        int wanted = recipe.Planner.Seeds + recipe.Planner.Measurements;
        if (wanted > candidates)
        {
            bool isRegional = recipe.Planner.Region is not null;
            throw new RecipeException(origins.ErrorAt(
                isRegional ? "planner.region" : "planner.measurements",
                $"{wanted} points are asked for, and only {candidates} candidates have their patch inside the image"
                + (isRegional ? " and lie in the region" : ""),
                $"measure fewer points, or choose a {(isRegional ? "larger region" : "smaller patch")}"));
        }

        // The planner does not know of the stage's soft limit and must not need to.
        int border = (size - 1) / 2;
        if (margin > border)
        {
            throw new RecipeException(origins.ErrorAt(
                "stage.margin",
                $"a margin of {margin} px shuts out candidates, which begin {border} px from the edge",
                $"choose at most {border} px, or a larger patch"));
        }
    }

    /// <exception cref="RecipeException">The scalarizer does not fit the frames.</exception>
    public static void CheckScalarizer(Recipe recipe, RecipeOrigins origins, EnergyAxis? axis)
    {
        ScalarizerSpec spec = ScalarizerBuilder.Resolve(recipe.Scalarizer, origins);
        if (spec.Validate(axis) is { } problem)
        {
            string? window = spec.Values.FirstOrDefault(static entry => entry.Value is EnergyWindow).Key;
            bool isWindow = problem.Contains("window", StringComparison.Ordinal) && window is not null;
            throw new RecipeException(origins.ErrorAt(
                $"scalarizer.{(isWindow ? window : "kind")}",
                problem.TrimEnd('.'),
                "see what the data hold"));
        }
    }
}
