using System.Globalization;

namespace DklActors.Actors.Replaying;

/// <summary>A field that is not what it should be.</summary>
/// <param name="Field">Its name, as journaled.</param>
/// <param name="Expected">What the journal says.</param>
/// <param name="Found">What follows from the data.</param>
public sealed record Difference(string Field, string Expected, string Found)
{
    /// <summary>The difference of two values, or none where they are the same; not-a-number is itself.</summary>
    internal static Difference[] Of<T>(string field, T was, T now) =>
        EqualityComparer<T>.Default.Equals(was, now) ? [] : [new Difference(field, TextOf(was), TextOf(now))];

    private static string TextOf<T>(T value) => value is double number ? Text(number) : $"{value}";

    /// <summary>A number with all its digits.</summary>
    public static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
