using System.Collections;
using System.Globalization;

namespace DklActors.ActorKernel.TestKit.Assertions;

/// <summary>How messages and times are told to a person.</summary>
internal static class Report
{
    private const int MostCharacters = 200;

    public static string Of(object? message) => message switch
    {
        null => "null",
        string text => $"\"{Cut(text)}\"",
        IEnumerable items => Cut($"[{string.Join(", ", items.Cast<object?>().Select(Of))}]"),
        _ => $"<{Cut(Convert.ToString(message, CultureInfo.InvariantCulture) ?? "")}> ({Name(message.GetType())})",
    };

    public static string Of(TimeSpan time) => time < TimeSpan.FromMinutes(1)
        ? $"{time.TotalSeconds.ToString("0.#######", CultureInfo.InvariantCulture)} s"
        : time.ToString("c", CultureInfo.InvariantCulture);

    public static string Name(Type type) => type.IsGenericType
        ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : type.Name;

    /// <summary>The sentence, and below it what a receiver got last, oldest first.</summary>
    public static string WithHistory(string sentence, string receiver, IReadOnlyList<string> history) =>
        $"{sentence}{Environment.NewLine}{receiver} received "
        + (history.Count == 0 ? "nothing." : $"last:{Environment.NewLine}{string.Join(Environment.NewLine, history)}");

    private static string Cut(string text) => text.Length > MostCharacters ? text[..MostCharacters] + "…" : text;
}
