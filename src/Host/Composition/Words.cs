namespace DklActors.Host.Composition;

/// <summary>Names of enumerations as catalogs spell them.</summary>
internal static class Words
{
    /// <summary>MaximumUncertainty → maximum-uncertainty.</summary>
    public static string Kebab<T>(T value)
        where T : struct, Enum => string.Concat(value.ToString().Select((letter, index) =>
            char.IsUpper(letter) ? (index > 0 ? "-" : string.Empty) + char.ToLowerInvariant(letter) : $"{letter}"));
}
