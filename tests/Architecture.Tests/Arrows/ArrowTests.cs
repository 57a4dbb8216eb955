using System.Reflection;
using DklActors.Architecture.Tests.Tree;

namespace DklActors.Architecture.Tests.Arrows;

public sealed class ArrowTests
{
    private const string Prefix = "DklActors.";

    public static TheoryData<string> Rooms => [.. House.Arrows.Keys];

    [Fact]
    public void The_house_has_these_rooms_and_no_others() =>
        Repository.Projects.Where(project => project.IsRoom).Select(project => project.Path)
            .Should().BeEquivalentTo(House.Arrows.Keys.Select(room => $"src/{room}/{room}.csproj"));

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_references_what_its_arrows_point_to(string room) =>
        Room(room).References.Should().BeEquivalentTo(House.Arrows[room]);

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_compiled_room_uses_no_room_that_no_arrow_leads_to(string room)
    {
        IEnumerable<string> used = Assembly.Load(AssemblyOf(room)).GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..]);

        used.Should().BeSubsetOf(House.ReachableFrom(room));
    }

    [Fact]
    public void The_ground_needs_no_package() => Room("Messages").Packages.Should().BeEmpty();

    [Fact]
    public void The_kernel_needs_no_package() => Room("ActorKernel").Packages.Should().BeEmpty();

    [Fact]
    public void Every_room_but_the_top_one_is_used_by_the_one_above()
    {
        var used = House.ReachableFrom("Host").ToHashSet();

        used.Should().BeEquivalentTo(House.Arrows.Keys.Except(["Host", .. House.ForTests]));
    }

    private static ProjectFile Room(string room) =>
        Repository.Projects.Single(project => project.IsRoom && project.Name == room);

    private static string AssemblyOf(string room) => room == "Host" ? "dkl" : Prefix + room;
}
