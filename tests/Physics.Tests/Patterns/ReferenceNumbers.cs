using System.Text.Json;

namespace DklActors.Physics.Tests.Patterns;

/// <summary>What numpy, scipy and scikit-image found, by <c>tests/reference/patterns.py</c>.</summary>
internal static class ReferenceNumbers
{
    private static readonly JsonElement Root = JsonDocument.Parse(
        File.ReadAllText(RepositoryRoot.PathOf("tests/Physics.Tests/Patterns/reference.json"))).RootElement;

    public static IReadOnlyList<JsonElement> Of(string name) => [.. Root.GetProperty(name).EnumerateArray()];

    public static double Number(this JsonElement element, string name) => element.GetProperty(name).GetDouble();

    public static int Whole(this JsonElement element, string name) => element.GetProperty(name).GetInt32();

    public static (double X, double Y) Vector(this JsonElement element) =>
        (element[0].GetDouble(), element[1].GetDouble());
}
