namespace DklActors.Journal.Export;

/// <summary>Members of enumerations as exports spell them: SpaceFilling is <c>space-filling</c>.</summary>
internal static class ExportWords
{
    public static string Of(Enum value) => string.Concat(value.ToString().Select(static (letter, index) =>
        char.IsUpper(letter) ? (index > 0 ? "-" : string.Empty) + char.ToLowerInvariant(letter) : $"{letter}"));
}
