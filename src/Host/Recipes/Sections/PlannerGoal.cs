namespace DklActors.Host.Recipes.Sections;

/// <summary>Which end of the scalar is searched for.</summary>
public enum PlannerGoal
{
    Maximise,
    Minimise,
}
