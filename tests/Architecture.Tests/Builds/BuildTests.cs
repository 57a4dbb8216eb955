using System.Text.RegularExpressions;
using System.Xml.Linq;
using DklActors.Architecture.Tests.Tree;

namespace DklActors.Architecture.Tests.Builds;

public sealed class BuildTests
{
    private static readonly XElement[] Pins =
    [
        .. Repository.Load("Directory.Packages.props").Descendants()
            .Where(element => element.Name.LocalName is "PackageVersion" or "GlobalPackageReference"),
    ];

    [Fact]
    public void The_solution_holds_every_project_and_nothing_else()
    {
        string solution = File.ReadAllText(Path.Combine(Repository.Root.FullName, "DklActors.sln"));
        string[] held =
        [
            .. Regex.Matches(solution, "\"([^\"]+[.]csproj)\"")
                .Select(match => match.Groups[1].Value.Replace('\\', '/')),
        ];
        string[] projects = [.. Repository.Projects.Select(project => project.Path)];

        projects.Except(held).OnePerLine().Should().BeEmpty("add it with: dotnet sln add");
        held.Except(projects).OnePerLine().Should().BeEmpty("remove it with: dotnet sln remove");
        held.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Every_package_has_one_exact_version()
    {
        foreach (XElement pin in Pins)
        {
            pin.Attribute("Version")!.Value.Should().MatchRegex(
                @"^\d+\.\d+\.\d+(\.\d+)?$", "{0} must not float", pin.Attribute("Include"));
        }

        Pins.Select(pin => pin.Attribute("Include")!.Value).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Projects_name_packages_without_versions_and_only_pinned_ones()
    {
        var pinned = Pins.Select(pin => pin.Attribute("Include")!.Value).ToHashSet();
        foreach (ProjectFile project in Repository.Projects)
        {
            foreach (XElement package in project.Packages)
            {
                package.Attributes().Select(attribute => attribute.Name.LocalName)
                    .Should().NotContain(["Version", "VersionOverride"], "{0} says {1}", project.Path, package);
                pinned.Should().Contain(package.Attribute("Include")!.Value, "{0} needs it", project.Path);
            }
        }
    }

    [Fact]
    public void Every_pinned_package_is_used()
    {
        var tests = Repository.Load("tests/Directory.Build.props").Descendants("PackageReference")
            .Concat(Repository.Load("ActorRuntime.props").Descendants("PackageReference"))
            .Concat(Repository.Load("TensorRuntime.props").Descendants("PackageReference"));
        IEnumerable<string> used = Repository.Projects.SelectMany(project => project.Packages).Concat(tests)
            .Select(package => package.Attribute("Include")!.Value);

        Pins.Where(pin => pin.Name.LocalName == "PackageVersion").Select(pin => pin.Attribute("Include")!.Value)
            .Except(used).Should().BeEmpty();
    }

    [Fact]
    public void Every_project_has_a_lock_file() =>
        Repository.Projects
            .Select(project => Path.Combine(Path.GetDirectoryName(project.Path)!, "packages.lock.json"))
            .Where(path => !File.Exists(Path.Combine(Repository.Root.FullName, path)))
            .Should().BeEmpty();

    [Fact]
    public void Every_room_has_tests() =>
        Repository.Projects.Where(project => project.IsRoom).Select(project => $"tests/{project.Name}.Tests")
            .Where(folder => !Repository.Sources.Any(
                file => file.Path.StartsWith(folder + "/", StringComparison.Ordinal)))
            .Should().BeEmpty();
}
