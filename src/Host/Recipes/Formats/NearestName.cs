namespace DklActors.Host.Recipes.Formats;

/// <summary>Finds what a person who mistyped a word probably meant.</summary>
internal static class NearestName
{
    /// <summary>The known word nearest to <paramref name="word"/>, or null where none is near.</summary>
    public static string? Of(string word, IEnumerable<string> known)
    {
        const int LongestWord = 64;
        if (word.Length is 0 or > LongestWord)
        {
            return null;
        }

        int limit = Math.Max(2, word.Length / 3);
        return known
            .Select(name => (Name: name, Distance: EditDistance(Plain(word), Plain(name))))
            .Where(candidate => candidate.Distance <= limit && candidate.Distance < candidate.Name.Length)
            .OrderBy(static candidate => candidate.Distance)
            .Select(static candidate => candidate.Name)
            .FirstOrDefault();
    }

    /// <summary>
    /// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other (optimal string
    /// alignment distance).
    /// </summary>
    internal static int EditDistance(string a, string b)
    {
        int[,] distance = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    distance[i, j] = i + j;
                    continue;
                }

                int replace = distance[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                distance[i, j] = Math.Min(replace, 1 + Math.Min(distance[i - 1, j], distance[i, j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    distance[i, j] = Math.Min(distance[i, j], 1 + distance[i - 2, j - 2]);
                }
            }
        }

        return distance[a.Length, b.Length];
    }

    // beam_current, beam-current and BeamCurrent are all beamCurrent to a person.
    private static string Plain(string word) =>
        word.Replace("_", "").Replace("-", "").ToLowerInvariant();
}
