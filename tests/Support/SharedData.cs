namespace DklActors.Support;

/// <summary>Real, measured data beside the repository, in <c>../shared/data</c>; not part of it.</summary>
internal static class SharedData
{
    public static string Folder { get; } = Path.GetFullPath(RepositoryRoot.PathOf("../shared/data"));

    public static string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>Why a test that needs a file or folder cannot run here, or null when it can.</summary>
    /// <remarks>In CI the data must be there: the test runs, and fails where they are not.</remarks>
    public static string? ReasonToSkip(string name)
    {
        string path = PathOf(name);
        bool isThere = File.Exists(path) || Directory.Exists(path);
        return isThere || Environment.GetEnvironmentVariable("CI") == "true" ? null : $"{path} is not there.";
    }
}
