using System.Text.Json.Serialization;
using DklActors.Host.Recipes;

namespace DklActors.Host.Serving.Contract;

/// <summary>application/problem+json, RFC 9457.</summary>
/// <param name="Type">about:blank.</param>
/// <param name="Title">The status in words.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Detail">What happened.</param>
/// <param name="Remedy">What to do.</param>
internal sealed record Problem(string Type, string Title, int Status, string Detail, string Remedy)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RecipeErrorView>? Errors { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Seat? Seat { get; init; }
}

/// <summary>One thing that is wrong with a recipe or with keys.</summary>
/// <param name="Key">Dotted key, or null for the recipe as a whole.</param>
/// <param name="Line">Line of the text, or null where it stands elsewhere.</param>
/// <param name="Problem">What is wrong.</param>
/// <param name="Remedy">What to do.</param>
internal sealed record RecipeErrorView(string? Key, int? Line, string Problem, string? Remedy)
{
    public static RecipeErrorView Of(RecipeError error)
    {
        int colon = error.Location.LastIndexOf(':');
        int? line = colon >= 0 && int.TryParse(error.Location.AsSpan(colon + 1), out int number) ? number : null;
        return new RecipeErrorView(error.Key.Length > 0 ? error.Key : null, line, error.Problem, error.Remedy);
    }
}
