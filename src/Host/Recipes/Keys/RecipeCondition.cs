using DklActors.Host.Recipes.Formats;

namespace DklActors.Host.Recipes.Keys;

/// <summary>A key belongs to a recipe only where another key of its section has one of certain values.</summary>
/// <param name="Selector">Path of the other key.</param>
/// <param name="Words">Its values, as written.</param>
internal sealed record RecipeCondition(string Selector, params string[] Words)
{
    /// <summary>"a, b or c".</summary>
    public string Alternatives => Phrases.Alternatives(Words);

    public bool Equals(RecipeCondition? other) =>
        other is not null && Selector == other.Selector && Words.AsSpan().SequenceEqual(other.Words);

    public override int GetHashCode() => HashCode.Combine(Selector, Alternatives);
}
