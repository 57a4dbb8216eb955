using DklActors.Architecture.Tests.Tree;

namespace DklActors.Architecture.Tests.Style;

/// <summary>The bridge is Python, and small enough for who trusts a beam to it to read it.</summary>
public sealed class BridgeSourceTests
{
    private const int MostLines = 450;
    private const int MostColumns = 120;

    private static readonly SourceFile[] Sources = [.. Repository.Files("*.py", "bridges").Select(SourceFile.Read)];

    [Fact]
    public void There_is_one() => Sources.Should().Contain(file => file.Path.EndsWith("/dkl_bridge/beam.py"));

    [Fact]
    public void No_file_is_longer_than_450_lines() =>
        Sources.Where(file => file.Lines.Count > MostLines)
            .Select(file => $"{file.Path}: {file.Lines.Count} lines").OnePerLine().Should().BeEmpty();

    [Fact]
    public void No_line_is_wider_than_120_columns_or_has_tabs_or_trailing_blanks() =>
        Sources.SelectMany(file => file.LinesWhere(
                line => line.Length > MostColumns || line.Contains('\t') || line.EndsWith(' ')))
            .OnePerLine().Should().BeEmpty();

    /// <summary>It runs on computers where nothing else can be installed.</summary>
    [Fact]
    public void The_server_imports_only_Python_itself_and_NumPy()
    {
        string[] allowed =
        [
            "argparse", "atexit", "collections", "copy", "dataclasses", "datetime", "difflib", "errno", "fcntl",
            "hashlib", "hmac", "importlib", "ipaddress", "json", "logging", "math", "numpy", "os", "queue", "secrets",
            "signal", "socket", "ssl", "stat", "subprocess", "sys", "tempfile", "threading", "time", "traceback",
            "typing", "urllib", "zlib",
        ];

        Sources.Where(file => file.Path.StartsWith("bridges/python/dkl_bridge/", StringComparison.Ordinal)
                && !file.Path.Contains("/instruments/", StringComparison.Ordinal))
            .SelectMany(file => file.LinesWhere(line => ImportsOther(line.TrimStart(), allowed)))
            .OnePerLine().Should().BeEmpty();
    }

    private static bool ImportsOther(string line, string[] allowed)
    {
        string[] words = line.Split([' ', '.', ','], StringSplitOptions.RemoveEmptyEntries);
        bool fromElsewhere = line.StartsWith("from ", StringComparison.Ordinal)
            && !line.StartsWith("from .", StringComparison.Ordinal)
            && line.Contains(" import ", StringComparison.Ordinal);
        return (fromElsewhere || line.StartsWith("import ", StringComparison.Ordinal)) && !allowed.Contains(words[1]);
    }
}
