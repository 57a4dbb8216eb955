using System.Text.Json;

namespace DklActors.Instruments.Tests.Files.Kit;

/// <summary>What other software says is in files: made by the scripts in <c>tests/reference</c>.</summary>
internal static class Expected
{
    private static readonly string Folder = RepositoryRoot.PathOf("tests/Instruments.Tests/Files");

    /// <summary>Small files of each format, written by the software that people write them with.</summary>
    public static string Sample(string name) => Path.Combine(Folder, "Samples", name);

    /// <summary>Shape and all values of a sample.</summary>
    public static (int[] Shape, double[] Values) ValuesOf(string sample)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Sample("expected.json")));
        JsonElement file = document.RootElement.GetProperty("files").GetProperty(sample);
        return (
            [.. file.GetProperty("shape").EnumerateArray().Select(static length => length.GetInt32())],
            [.. file.GetProperty("values").EnumerateArray().Select(static value => value.GetDouble())]);
    }

    /// <summary>The signals of a real file.</summary>
    public static ExpectedSignal[] SignalsOf(string realFile)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "real-files.json")));
        return document.RootElement.GetProperty("files").GetProperty(realFile)
            .Deserialize<ExpectedSignal[]>(JsonSerializerOptions.Web)!;
    }
}
