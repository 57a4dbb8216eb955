namespace DklActors.Host.Recipes.Formats;

/// <summary>Small turns of phrase of the messages.</summary>
internal static class Phrases
{
    /// <summary>"a, b or c".</summary>
    public static string Alternatives(IEnumerable<string> words)
    {
        string[] all = [.. words];
        return all.Length < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} or {all[^1]}";
    }

    /// <summary>A number as short as it can be while it still reads back as the same double.</summary>
    public static string Number(double value) =>
        value == 0 ? "0" : value.ToString("R").Replace("E+", "e").Replace("E-0", "e-").Replace("E-", "e-");
}
