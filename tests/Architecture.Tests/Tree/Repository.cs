using System.Xml.Linq;

namespace DklActors.Architecture.Tests.Tree;

/// <summary>The repository that these tests were built from.</summary>
internal static class Repository
{
    private static readonly string[] Rooms = ["src", "tests", "bench"];

    public static DirectoryInfo Root { get; } = new(RepositoryRoot.Folder);

    /// <summary>Every C# source below <c>src</c>, <c>tests</c> and <c>bench</c>.</summary>
    public static IReadOnlyList<SourceFile> Sources { get; } = [.. Files("*.cs").Select(SourceFile.Read)];

    /// <summary>Every project below <c>src</c>, <c>tests</c> and <c>bench</c>.</summary>
    public static IReadOnlyList<ProjectFile> Projects { get; } = [.. Files("*.csproj").Select(ProjectFile.Read)];

    public static XDocument Load(string path) => XDocument.Load(Path.Combine(Root.FullName, path));

    /// <summary>Files of a kind below some top-level folders, without what builds leave there.</summary>
    public static IEnumerable<FileInfo> Files(string pattern, params string[] folders) =>
        (folders.Length == 0 ? Rooms : folders)
            .Select(folder => new DirectoryInfo(Path.Combine(Root.FullName, folder)))
            .Where(folder => folder.Exists)
            .SelectMany(folder => folder.EnumerateFiles(pattern, SearchOption.AllDirectories))
            .Where(file => !PathOf(file).Split('/').Any(part => part is "bin" or "obj" or "node_modules"))
            .OrderBy(PathOf, StringComparer.Ordinal);

    /// <summary>The path below the root, with forward slashes.</summary>
    public static string PathOf(FileSystemInfo file) =>
        Path.GetRelativePath(Root.FullName, file.FullName).Replace('\\', '/');
}
