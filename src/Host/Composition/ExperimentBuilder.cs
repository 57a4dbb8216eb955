using DklActors.Actors.Dosimetry;
using DklActors.Actors.Experiments;
using DklActors.Host.Recipes;
using DklActors.Host.Recipes.Sections;
using DklActors.Instruments.Virtual;
using DklActors.Learning.Acquisition;
using DklActors.Learning.Engines;
using DklActors.Messages.Events;
using DklActors.Messages.Geometry;
using DklActors.Physics.Scalarizers;
using SeedDesign = DklActors.Host.Recipes.Sections.SeedDesign;
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
    /// <exception cref="Instruments.Files.DataFileException">The data set cannot be used.</exception>
    public static Experiment Build(Recipe recipe, RecipeOrigins origins, TimeProvider time)
    {
        DklOptions options = OptionsOf(recipe, origins);
        VirtualMicroscope microscope = MicroscopeBuilder.Build(recipe, origins, time);
        CheckPatch(recipe, origins, microscope.Probe.ScanWindow);
        IScalarizer scalarizer = ScalarizerOf(recipe, origins, microscope);
        IAcquisitionFunction acquisition = AcquisitionCatalog.Create(
            Kebab(recipe.Planner.Acquisition), recipe.Planner.Beta ?? recipe.Planner.Xi);
        Provenance provenance = ProvenanceReader.Read();
        return new Experiment(
            recipe,
            microscope,
            scalarizer,
            candidates => new ManagedDklEngine(candidates, options),
            runId => SettingsOf(recipe, runId, provenance, acquisition));
    }

    private static ExperimentSettings SettingsOf(
        Recipe recipe, string runId, Provenance provenance, IAcquisitionFunction acquisition) => new()
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
            Plan = new PlanSettings(
                recipe.Planner.Seeds,
                recipe.Planner.SeedDesign == SeedDesign.SpaceFilling,
                recipe.Planner.Measurements,
                recipe.Planner.Lookahead,
                acquisition,
                recipe.Planner.Goal == PlannerGoal.Maximise ? Goal.Maximise : Goal.Minimise),
            Learning = new LearningSettings(
                $"managed, {recipe.Learning.Model}", FirstTraining, recipe.Learning.StalenessLimit, TrainingDeadline),
            Limits = new DoseLimits(
                recipe.Limits.DosePerPixel, recipe.Limits.TotalElectrons, recipe.Limits.Duration),
            UnknownExposures = recipe.Recovery.UnknownExposure == Recipes.Sections.UnknownExposurePolicy.Skip
                ? UnknownExposurePolicy.Skip
                : UnknownExposurePolicy.MeasureAgain,
        };

    private static DklOptions OptionsOf(Recipe recipe, RecipeOrigins origins)
    {
        if (!DklPresets.Names.Contains(recipe.Learning.Model))
        {
            throw new RecipeException(origins.ErrorAt(
                "learning.model",
                $"there is no model '{recipe.Learning.Model}'",
                $"choose one of {string.Join(", ", DklPresets.Names)}"));
        }

        DklOptions preset = DklOptions.Preset(recipe.Learning.Model);
        return preset with
        {
            Optimiser = preset.Optimiser with
            {
                MaxEpochs = Math.Min(preset.Optimiser.MaxEpochs, recipe.Learning.Epochs),
                MaxWarmEpochs = Math.Min(preset.Optimiser.MaxWarmEpochs, recipe.Learning.Epochs),
            },
        };
    }

    private static void CheckPatch(Recipe recipe, RecipeOrigins origins, GridShape image)
    {
        int size = recipe.Patch.Size;
        if (size > image.Rows || size > image.Columns)
        {
            throw new RecipeException(origins.ErrorAt(
                "patch",
                $"a patch of {recipe.Patch} is larger than the structural image of {image}",
                $"choose at most {Math.Min(image.Rows, image.Columns)} px"));
        }

        int margin = recipe.Stage.MarginPx;
        long candidates = (long)(image.Rows - size + 1) * (image.Columns - size + 1);
        int wanted = recipe.Planner.Seeds + recipe.Planner.Measurements;
        if (wanted > candidates)
        {
            throw new RecipeException(origins.ErrorAt(
                "planner.measurements",
                $"{wanted} points are asked for, and only {candidates} candidates have their patch inside the image",
                "measure fewer points, or choose a smaller patch"));
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

    private static IScalarizer ScalarizerOf(Recipe recipe, RecipeOrigins origins, VirtualMicroscope microscope)
    {
        ScalarizerSection section = recipe.Scalarizer;
        var spec = new ScalarizerSpec(
            Kebab(section.Kind), section.Reference is { } reference ? [section.Window, reference] : [section.Window]);
        if (spec.Validate(microscope.EnergyAxis) is { } problem)
        {
            throw new RecipeException(origins.ErrorAt(
                "scalarizer.window", problem.TrimEnd('.'), "see the energy axis of the data"));
        }

        return ScalarizerCatalog.Create(spec);
    }

    /// <summary>MaximumUncertainty → maximum-uncertainty.</summary>
    private static string Kebab<T>(T value)
        where T : struct, Enum => string.Concat(value.ToString().Select((letter, index) =>
            char.IsUpper(letter) ? (index > 0 ? "-" : string.Empty) + char.ToLowerInvariant(letter) : $"{letter}"));
}
