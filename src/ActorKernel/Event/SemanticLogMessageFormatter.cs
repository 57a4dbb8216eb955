using System.Globalization;
using System.Text.RegularExpressions;

namespace DklActors.ActorKernel.Event;

/// <summary>
/// Fills <c>{Name}</c>, <c>{Name,8:F2}</c> in the order of the arguments, and <c>{0}</c> by number where all holes
/// are numbers. Never throws: a hole without an argument stays as it is, an argument whose text cannot be had says so.
/// </summary>
internal static partial class SemanticLogMessageFormatter
{
    public static string Format(string format, params object?[] args)
    {
        bool byNumber = AreNumbers(NamesIn(format));
        int next = 0;
        return Hole().Replace(format, hole =>
        {
            if (!hole.Groups["name"].Success)
            {
                return hole.Value[..1];
            }

            int at = byNumber ? int.Parse(hole.Groups["name"].ValueSpan) : next++;
            return at < args.Length ? Fill(hole, args[at]) : hole.Value;
        });
    }

    public static IReadOnlyList<string> NamesIn(string format) =>
        [.. from hole in Hole().Matches(format) where hole.Groups["name"].Success select hole.Groups["name"].Value];

    public static bool AreNumbers(IReadOnlyList<string> names) =>
        names.All(name => name.Length < 4 && name.All(char.IsAsciiDigit));

    public static string TextOf(object? value, string? format = null)
    {
        try
        {
            return (value is IFormattable formattable
                ? formattable.ToString(format, CultureInfo.InvariantCulture)
                : value?.ToString()) ?? "null";
        }
        catch (Exception exception)
        {
            return $"<{value!.GetType().Name} has no text: {exception.GetType().Name}>";
        }
    }

    private static string Fill(Match hole, object? value)
    {
        string text = TextOf(value, hole.Groups["format"] is { Success: true } format ? format.Value : null);
        return int.TryParse(hole.Groups["width"].ValueSpan, out int width)
            ? width < 0 ? text.PadRight(-width) : text.PadLeft(width)
            : text;
    }

    [GeneratedRegex(@"\{\{|\}\}|\{[@$]?(?<name>\w+)(,(?<width>-?\d{1,3}))?(:(?<format>[^{}]*))?\}")]
    private static partial Regex Hole();
}
