using System.Text.Json.Nodes;

namespace DklActors.Host.Recipes.Formats;

/// <summary>How a value is written in a recipe; reader, schema and reference all ask the same format.</summary>
internal abstract class ValueFormat
{
    /// <summary>Longest text that any format reads.</summary>
    public const int LongestText = 4096;

    /// <summary>What a person may write, such as "a time in us, ms, s, min or h, 0 ms .. 60 s".</summary>
    public abstract string Accepts { get; }

    public abstract Parsed<object> ParseAny(string text);

    public abstract string FormatAny(object value);

    /// <summary>The JSON schema of the value.</summary>
    public abstract JsonObject Schema();
}

/// <inheritdoc cref="ValueFormat"/>
internal abstract class ValueFormat<T> : ValueFormat
    where T : notnull
{
    public abstract Parsed<T> Parse(string text);

    /// <summary>The canonical text; parsing it gives an equal value.</summary>
    public abstract string Format(T value);

    public sealed override Parsed<object> ParseAny(string text)
    {
        Parsed<T> parsed = Parse(text);
        return new Parsed<object>(parsed.IsGood ? parsed.Value : null, parsed.Problem, parsed.Remedy);
    }

    public sealed override string FormatAny(object value) => Format((T)value);

    /// <summary>Quotes what a person wrote, shortened where it is long.</summary>
    protected static string Quote(string text) => text.Length <= 60 ? $"'{text}'" : $"'{text[..57]}...'";
}
