namespace DklActors.Support;

/// <summary>Runs that earlier versions of the software wrote, each copied before it is touched.</summary>
internal static class EarlierJournals
{
    private static string Folder => RepositoryRoot.PathOf(Path.Combine("tests", "History"));

    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.GetDirectories(Folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    /// <summary>Copies a run into a folder of the test's own and returns the path of its journal.</summary>
    public static string CopyTo(string folder, string name)
    {
        string source = Path.Combine(Folder, name);
        foreach (string file in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(folder, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return Path.Combine(folder, "journal.db");
    }
}
