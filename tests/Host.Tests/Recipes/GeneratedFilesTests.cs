using System.Text.Json;
using System.Text.RegularExpressions;
using DklActors.Host.Recipes.Generated;
using DklActors.Host.Recipes.Keys;

namespace DklActors.Host.Tests.Recipes;

/// <summary>
/// The schema and the reference are generated from the table of keys; what is committed is what the table says.
/// With DKL_WRITE_GENERATED=1 in the environment the files are written anew.
/// </summary>
public sealed class GeneratedFilesTests
{
    [Fact]
    public void The_committed_schema_is_what_the_table_generates() =>
        CompareOrWrite("config/recipe.schema.json", RecipeSchema.Text);

    [Fact]
    public void The_committed_reference_is_what_the_table_generates() =>
        CompareOrWrite("config/README.md", RecipeReference.Text);

    [Fact]
    public void Every_key_is_in_the_schema_and_no_other()
    {
        using var schema = JsonDocument.Parse(RecipeSchema.Text);
        var paths = new List<string>();
        foreach (JsonProperty top in schema.RootElement.GetProperty("properties").EnumerateObject())
        {
            if (top.Value.TryGetProperty("properties", out JsonElement inner))
            {
                paths.AddRange(inner.EnumerateObject().Select(property => $"{top.Name}.{property.Name}"));
            }
            else
            {
                paths.Add(top.Name);
            }
        }

        paths.Should().BeEquivalentTo([.. RecipeTable.Keys.Select(key => key.Path), RegionKeys.List]);
    }

    [Fact]
    public void The_schema_accepts_every_default_that_the_reader_accepts()
    {
        using var schema = JsonDocument.Parse(RecipeSchema.Text);
        foreach (RecipeKey key in RecipeTable.Keys.Where(key => key.Default is not null))
        {
            key.AnyFormat.ParseAny(key.Default!).IsGood.Should().BeTrue(key.Path);
            JsonElement node = schema.RootElement;
            foreach (string part in key.Path.Split('.'))
            {
                node = node.GetProperty("properties").GetProperty(part);
            }

            if (node.TryGetProperty("pattern", out JsonElement pattern))
            {
                Regex.IsMatch(key.Default!, pattern.GetString()!).Should().BeTrue($"{key.Path}: {key.Default}");
            }

            if (node.TryGetProperty("enum", out JsonElement words))
            {
                words.EnumerateArray().Select(word => word.GetString()).Should().Contain(key.Default);
            }
        }
    }

    private static void CompareOrWrite(string relative, string expected)
    {
        string path = RepositoryRoot.PathOf(relative);
        if (Environment.GetEnvironmentVariable("DKL_WRITE_GENERATED") == "1")
        {
            File.WriteAllText(path, expected);
        }

        File.ReadAllText(path).ReplaceLineEndings("\n").Should().Be(
            expected, "{0} is generated: run this test with DKL_WRITE_GENERATED=1", relative);
    }
}
