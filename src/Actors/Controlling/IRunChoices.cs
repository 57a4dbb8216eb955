using System.Collections.Immutable;
using DklActors.Actors.Experiments;
using DklActors.Physics.Scalarizers;

namespace DklActors.Actors.Controlling;

/// <summary>Makes what a person chooses while a run goes on, from recipe keys on top of the run's own recipe.</summary>
/// <remarks>
/// Pure: the same keys make the same choice, for a run is taken up and replayed from the keys in its journal. Keys are
/// those below one section, with values as a recipe writes them; each change starts from the recipe, not from the one
/// before. Whatever is thrown refuses the keys, and its message is told to who asked. Called from any thread.
/// </remarks>
public interface IRunChoices
{
    /// <param name="keys">Keys below <c>scalarizer</c>; where they name a kind, the recipe's are dropped.</param>
    IScalarizer Scalarizer(ImmutableSortedDictionary<string, string> keys);

    /// <param name="keys">
    /// Keys below <c>planner</c> that say what is worth measuring. Only acquisition function and goal count.
    /// </param>
    PlanSettings Plan(ImmutableSortedDictionary<string, string> keys);
}
