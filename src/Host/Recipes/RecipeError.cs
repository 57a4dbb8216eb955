namespace DklActors.Host.Recipes;

/// <summary>One thing that is wrong with a recipe, and what to do about it.</summary>
/// <param name="Location">FILE:LINE, FILE, or --set KEY.</param>
/// <param name="Key">Dotted path of the key; empty where the error concerns the file.</param>
/// <param name="Problem">What is wrong.</param>
/// <param name="Remedy">What to do.</param>
public sealed record RecipeError(string Location, string Key, string Problem, string Remedy)
{
    /// <summary>One line: LOCATION: KEY: what is wrong; remedy.</summary>
    public override string ToString()
    {
        string key = Key.Length == 0 || Location == RecipeOrigins.OverrideLocation(Key) ? "" : $"{Key}: ";
        string stop = Remedy.EndsWith('?') ? "" : ".";
        return OneLine($"{Location}: {key}{Problem}; {Remedy}{stop}");
    }

    // A value may hold line breaks or escape sequences; a message is one line of printable characters.
    private static string OneLine(string text) =>
        string.Create(text.Length, text, static (span, source) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                span[i] = char.IsControl(source[i]) || source[i] is '\u2028' or '\u2029' ? ' ' : source[i];
            }
        });
}
