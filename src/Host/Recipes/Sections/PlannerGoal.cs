namespace DklActors.Host.Recipes.Sections;

/// <summary>Which scalars are searched for.</summary>
public enum PlannerGoal
{
    Maximise,
    Minimise,

    /// <summary>As near to <see cref="PlannerSection.Target"/> as can be.</summary>
    Hit,
}
