namespace DklActors.Host.Serving.Api;

/// <summary>Texts of persons, which go into journals.</summary>
internal static class Reasons
{
    private const int LongestReason = 500;
    private const int LongestNote = 4000;

    /// <exception cref="ApiException">Too long, or with characters that are no text.</exception>
    public static string Of(string? given, string otherwise) =>
        string.IsNullOrWhiteSpace(given) ? otherwise : Checked(given.Trim(), LongestReason, "A reason");

    /// <exception cref="ApiException">Empty, too long, or with characters that are no text.</exception>
    public static string Note(string given) => string.IsNullOrWhiteSpace(given)
        ? throw ApiException.Unusable("The note is empty.", "Write something.")
        : Checked(given.Trim(), LongestNote, "A note");

    private static string Checked(string text, int longest, string what)
    {
        bool isText = text.All(static letter => !char.IsControl(letter) || letter is '\n' or '\t');
        return text.Length <= longest && isText
            ? text
            : throw ApiException.Unusable(
                $"{what} is at most {longest} characters of text.", "Shorten it, and leave out control characters.");
    }
}
