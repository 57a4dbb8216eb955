using DklActors.Actors.Experiments;
using DklActors.Host.Recipes;
using DklActors.Learning.Ensembles;
using DklActors.Physics.Scalarizers;

namespace DklActors.Host.Composition;

/// <summary>A recipe resolved as far as no instrument is needed: what a run is drawn and derived again from.</summary>
/// <param name="Recipe">The recipe.</param>
/// <param name="Scalarizer">The physics that is searched for.</param>
/// <param name="Learner">What learns.</param>
/// <param name="SettingsFor">What the run of a name is asked to do.</param>
internal sealed record RunDesign(
    Recipe Recipe, IScalarizer Scalarizer, LearnerOptions Learner, Func<string, ExperimentSettings> SettingsFor)
{
    /// <summary>What the run is asked to do, whatever it is called.</summary>
    public ExperimentSettings Settings => SettingsFor(Recipe.Name);

    /// <summary>Makes what a person chooses while the run goes on.</summary>
    public RecipeChoices Choices => new(Recipe, Settings.Plan.GivenSeeds);
}
