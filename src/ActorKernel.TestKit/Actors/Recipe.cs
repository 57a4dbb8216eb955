using System.Linq.Expressions;

namespace DklActors.ActorKernel.TestKit.Actors;

/// <summary>Props by another name, for classes whose own member of that name hides the type.</summary>
internal static class Recipe
{
    public static Props Of<TActor>(Expression<Func<TActor>> factory)
        where TActor : ActorBase => Props.Create(factory);
}
