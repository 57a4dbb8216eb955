using System.Xml.Linq;

namespace DklActors.Architecture.Tests.Tree;

/// <summary>A project as its file says.</summary>
/// <param name="Path">Below the root, with forward slashes.</param>
/// <param name="References">Names of the projects it references.</param>
/// <param name="Packages">Package references.</param>
internal sealed record ProjectFile(string Path, IReadOnlyList<string> References, IReadOnlyList<XElement> Packages)
{
    private const string RootVariable = "$(RepositoryRoot)";

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public bool IsRoom => Path.StartsWith("src/", StringComparison.Ordinal);

    public static ProjectFile Read(FileInfo file)
    {
        XElement[] items = [.. ItemsOf(XDocument.Load(file.FullName))];
        return new ProjectFile(
            Repository.PathOf(file),
            [
                .. items.Where(item => item.Name == "ProjectReference").Select(reference =>
                    System.IO.Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)),
            ],
            [.. items.Where(item => item.Name == "PackageReference")]);
    }

    /// <summary>The items of a project and of what it imports from the root, the other actor runtime's left out.
    /// </summary>
    private static IEnumerable<XElement> ItemsOf(XDocument project) => project.Descendants("ItemGroup")
        .Where(group => group.Attribute("Condition")?.Value.Contains("'Akka'", StringComparison.Ordinal) != true)
        .SelectMany(group => group.Elements())
        .Concat(project.Descendants("Import")
            .Select(import => import.Attribute("Project")!.Value)
            .Where(path => path.StartsWith(RootVariable, StringComparison.Ordinal))
            .SelectMany(path => ItemsOf(Repository.Load(path[RootVariable.Length..]))));
}
