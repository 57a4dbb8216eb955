using DklActors.Host.Recipes;
using DklActors.Host.Recipes.Sections;
using DklActors.Learning.Engines;
using DklActors.Torch.Engines;
using DklActors.Torch.Runtimes;

namespace DklActors.Host.Composition;

/// <summary>From the recipe's engine to what makes engines.</summary>
internal static class EngineBuilder
{
    /// <summary>Whether the engine of the recipe can train here.</summary>
    /// <exception cref="RecipeException">It cannot; the error says what to do.</exception>
    public static void Check(Recipe recipe, RecipeOrigins origins)
    {
        if (recipe.Learning is not { Engine: LearningEngine.Torch, Trainer: TrainerPlace.Local })
        {
            // Where trainer nodes train, they need it: here states are restored, which needs nothing.
            return;
        }

        if (TensorRuntime.Absence is { } absence)
        {
            throw new RecipeException(origins.ErrorAt(
                "learning.engine", absence.TrimEnd('.'), "or choose managed, which needs nothing else"));
        }

        try
        {
            _ = new TorchEngines(recipe.Learning.Device!);
        }
        catch (TorchAbsentException exception)
        {
            throw new RecipeException(origins.ErrorAt(
                "learning.device", exception.Message.TrimEnd('.'), "'dkl doctor' tells what there is"));
        }
    }

    /// <summary>Where the engine is not to be had, one that restores what it trained, for a run to be looked at.
    /// </summary>
    public static IEngineFactory Of(LearningSection learning)
    {
        if (learning.Engine != LearningEngine.Torch)
        {
            return ManagedEngines.Instance;
        }

        try
        {
            return new TorchEngines(learning.Device!);
        }
        catch (TorchAbsentException exception)
        {
            return new StoredTorchEngines(exception.Message);
        }
    }
}
