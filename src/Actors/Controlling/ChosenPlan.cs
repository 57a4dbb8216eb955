using DklActors.Actors.Experiments;
using DklActors.Physics.Scalarizers;

namespace DklActors.Actors.Controlling;

/// <summary>What is in force after a run's events: the recipe's choices, or those that persons made since.</summary>
internal static class ChosenPlan
{
    /// <exception cref="InvalidDataException">The keys in the journal do not make what it says they made.</exception>
    public static PlanSettings Of(ExperimentState state, PlanSettings recipe, IRunChoices? choices)
    {
        PlanSettings plan = recipe.Within(state);
        if (state.Acquisition is not { } acquisition)
        {
            return plan;
        }

        PlanSettings made = Require(choices).Plan(acquisition.Keys);
        RequireSame(acquisition.Identity, made.Acquisition.Identity);
        return plan with { Acquisition = made.Acquisition, Goal = made.Goal };
    }

    /// <exception cref="InvalidDataException">The keys in the journal do not make what it says they made.</exception>
    public static IScalarizer ScalarizerOf(ExperimentState state, IScalarizer recipe, IRunChoices? choices)
    {
        if (state.Scalarizer is not { } changed)
        {
            return recipe;
        }

        IScalarizer made = Require(choices).Scalarizer(changed.Keys);
        RequireSame(changed.Identity, made.Identity);
        return made;
    }

    private static IRunChoices Require(IRunChoices? choices) => choices ?? throw new InvalidDataException(
        "A person chose something else while the run went on, and nothing can be chosen here.");

    private static void RequireSame(string journaled, string made)
    {
        if (journaled != made)
        {
            throw new InvalidDataException(
                $"What a person chose was {journaled}, and its keys make {made} here; use the version that wrote it.");
        }
    }
}
