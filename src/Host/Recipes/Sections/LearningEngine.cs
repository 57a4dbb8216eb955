namespace DklActors.Host.Recipes.Sections;

/// <summary>What a model is computed with.</summary>
public enum LearningEngine
{
    /// <summary>Plain C#, which needs nothing else.</summary>
    Managed,

    /// <summary>libtorch, on the processor or on a GPU.</summary>
    Torch,
}
