using System.Text.RegularExpressions;
using DklActors.Architecture.Tests.Tree;

namespace DklActors.Architecture.Tests.Style;

public sealed partial class LayoutTests
{
    private const int MostLines = 450;
    private const int MedianLines = 80;
    private const int MostColumns = 120;

    [Fact]
    public void No_file_is_longer_than_450_lines() =>
        Repository.Sources.Where(file => file.Lines.Count > MostLines)
            .Select(file => $"{file.Path}: {file.Lines.Count} lines").OnePerLine().Should().BeEmpty();

    [Fact]
    public void The_median_file_of_the_product_has_at_most_80_lines()
    {
        int[] lengths = [.. Repository.Sources.Where(file => file.Path.StartsWith("src/", StringComparison.Ordinal))
            .Select(file => file.Lines.Count).Order()];

        lengths[lengths.Length / 2].Should().BeLessThanOrEqualTo(MedianLines);
    }

    [Fact]
    public void No_line_is_wider_than_120_columns() =>
        Repository.Sources.SelectMany(file => file.LinesWhere(line => line.Length > MostColumns))
            .OnePerLine().Should().BeEmpty();

    [Fact]
    public void No_line_has_tabs_or_trailing_blanks() =>
        Repository.Sources
            .SelectMany(file => file.LinesWhere(line => line.Contains('\t') || line.EndsWith(' ')))
            .OnePerLine().Should().BeEmpty();

    [Fact]
    public void A_namespace_is_file_scoped_and_the_path_of_its_folder() =>
        Repository.Sources.Select(FaultOfNamespace).OfType<string>().OnePerLine().Should().BeEmpty();

    private static string? FaultOfNamespace(SourceFile file)
    {
        string[] found = [.. file.Lines.Where(line => NamespaceLine().IsMatch(line))];
        if (found.Length == 0 && file.Path.EndsWith("/Program.cs", StringComparison.Ordinal))
        {
            return null; // Top-level statements have none.
        }

        // src/Journal/Storage is DklActors.Journal.Storage. The kernel keeps the types that its peer has in its peer's
        // one namespace, so that code compiles unchanged on either.
        string expected = "DklActors." + file.Folder[(file.Folder.IndexOf('/') + 1)..].Replace('/', '.');
        string[] allowed = file.Path.StartsWith("src/ActorKernel/", StringComparison.Ordinal)
            ? ["namespace DklActors.ActorKernel;", $"namespace {expected};"]
            : [$"namespace {expected};"];
        return found.Length == 1 && allowed.Contains(found[0])
            ? null
            : $"{file.Path}: '{string.Join(" ", found)}' instead of '{string.Join("' or '", allowed)}'";
    }

    [GeneratedRegex(@"^\s*namespace\s")]
    private static partial Regex NamespaceLine();
}
