namespace DklActors.Host.Recipes.Sections;

/// <summary>Where the models of a run are trained.</summary>
public enum TrainerPlace
{
    /// <summary>In the process that measures.</summary>
    Local,

    /// <summary>On trainer nodes, and in the process that measures while none answers.</summary>
    Remote,
}
