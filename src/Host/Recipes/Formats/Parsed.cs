namespace DklActors.Host.Recipes.Formats;

/// <summary>A value read from text, or what is wrong with the text and what to write instead.</summary>
internal readonly record struct Parsed<T>(T? Value, string? Problem, string Remedy)
{
    public bool IsGood => Problem is null;
}

/// <summary>Makes <see cref="Parsed{T}"/> without naming the type twice.</summary>
internal static class Parsed
{
    public static Parsed<T> Good<T>(T value) => new(value, null, "");

    public static Parsed<T> Bad<T>(string problem, string remedy) => new(default, problem, remedy);
}
