using System.Xml.Linq;

namespace DklActors.Architecture.Tests.Tree;

/// <summary>A project as its file says.</summary>
/// <param name="Path">Below the root, with forward slashes.</param>
/// <param name="References">Names of the projects it references.</param>
/// <param name="Packages">Package references.</param>
internal sealed record ProjectFile(string Path, IReadOnlyList<string> References, IReadOnlyList<XElement> Packages)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public bool IsRoom => Path.StartsWith("src/", StringComparison.Ordinal);

    public static ProjectFile Read(FileInfo file)
    {
        var project = XDocument.Load(file.FullName);
        return new ProjectFile(
            Repository.PathOf(file),
            [
                .. project.Descendants("ProjectReference").Select(reference =>
                    System.IO.Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)),
            ],
            [.. project.Descendants("PackageReference")]);
    }
}
