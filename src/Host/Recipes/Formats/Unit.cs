namespace DklActors.Host.Recipes.Formats;

/// <summary>A unit, its size in base units, and other ways of spelling it.</summary>
internal sealed record Unit(string Name, decimal Factor, params string[] Aliases)
{
    public IEnumerable<string> Spellings => Aliases.Prepend(Name);
}
