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

    /// <summary>Makes what persons choose while a run of it goes on.</summary>
    public RecipeChoices Choices { get; init; } = new(Recipe, null);

    /// <summary>The design as persons have changed it by a state of the run.</summary>
    /// <exception cref="RecipeException">The keys in the journal make nothing in this version.</exception>
    public RunDesign InForceIn(ExperimentState state)
    {
        if (state.Scalarizer is null && state.Acquisition is null)
        {
            return this;
        }

        return this with
        {
            Recipe = Choices.RecipeWith(state.Scalarizer?.Keys, state.Acquisition?.Keys),
            Scalarizer = state.Scalarizer is { } changed ? Choices.Scalarizer(changed.Keys) : Scalarizer,
            SettingsFor = runId =>
            {
                ExperimentSettings settings = SettingsFor(runId);
                return state.Acquisition is not { } chosen || Choices.Plan(chosen.Keys) is not { } plan
                    ? settings
                    : settings with
                    {
                        Plan = settings.Plan with { Acquisition = plan.Acquisition, Goal = plan.Goal },
                    };
            },
        };
    }
}
