using System.Globalization;
using DklActors.Host.Journals;
using DklActors.Instruments.Files;
using Spectre.Console;

namespace DklActors.Host.Data;

/// <summary>What is in a data file, for people.</summary>
internal static class FileFactsText
{
    private const int MostSmallArrays = 40;
    private const int PipedWidth = 150;

    public static void Print(FileFacts facts)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = PipedWidth;
        }

        Console.WriteLine($"{facts.File}: {facts.Format}, {ByteText.Of(facts.Bytes)}");
        console.Write(ArraysOf(facts));
        foreach (var alike in facts.Arrays.Where(static array => array.Metadata.Count > 0).GroupBy(MetadataOf))
        {
            Console.WriteLine($"{string.Join(", ", alike.Select(static array => array.Name))}: {alike.Key}");
        }
    }

    private static Table ArraysOf(FileFacts facts)
    {
        Table table = new Table().Border(TableBorder.Simple);
        table.AddColumns("array", "what", "shape", "type", "size", "axes, slowest first");
        foreach (ArrayFacts array in facts.Arrays.Take(MostSmallArrays))
        {
            table.AddRow(
                Markup.Escape(array.Name),
                Markup.Escape(array.Label ?? ""),
                array.Problem is null ? ShapeOf(array.Shape) : "–",
                array.Type,
                array.Problem is null ? ByteText.Of(array.Bytes) : "–",
                Markup.Escape(array.Problem ?? string.Join('\n', array.Axes.Select(AxisText))));
        }

        if (facts.Arrays.Count > MostSmallArrays)
        {
            table.AddRow($"… {facts.Arrays.Count - MostSmallArrays} more, see --json");
        }

        return table;
    }

    private static string ShapeOf(IReadOnlyList<int> shape) =>
        shape.Count == 0 ? "one number" : string.Join(" × ", shape);

    private static string AxisText(AxisFacts axis)
    {
        string name = axis.Name.Length > 0 ? axis.Name : axis.Role == "navigation" ? "position" : "pixel";
        string role = axis.Role == "navigation" ? "probe" : "signal";
        if (axis.Unit is not { } unit)
        {
            return axis is { Scale: 1, Offset: 0 }
                ? $"{name} ({role})"
                : $"{name} ({role}): {Number(axis.Scale)} a step from {Number(axis.Offset)}, no unit";
        }

        double last = axis.Offset + ((axis.Length - 1) * axis.Scale);
        return $"{name} ({role}): {Number(axis.Scale)} {unit} a step, {Number(axis.Offset)} … {Number(last)} {unit}"
            + (axis.IsEven ? "" : ", uneven");
    }

    private static string MetadataOf(ArrayFacts array)
    {
        string[] known =
        [
            .. MetadataKeys.All.Where(array.Metadata.ContainsKey)
                .Select(key => $"{key.Replace('_', ' ')} {array.Metadata[key]}"),
        ];
        string rest = array.Metadata.Count > known.Length ? "more with --json" : "";
        return string.Join(", ", known.Append(rest).Where(static part => part.Length > 0));
    }

    private static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
