using System.Globalization;
using DklActors.Host.Terminal;
using Spectre.Console;

namespace DklActors.Host.Regions.Comparing;

/// <summary>A campaign as two tables.</summary>
internal static class CampaignText
{
    private const int PipedWidth = 200;

    // Only where the regions have places.
    private static readonly string[] Stage = ["stage"];
    private static readonly string[] StagesApart = ["stages apart"];

    public static void Print(CampaignReport report, IReadOnlyList<string> figures, TextWriter to)
    {
        bool isRedirected = to == Console.Error ? Console.IsErrorRedirected : Console.IsOutputRedirected;
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(to),
            Ansi = isRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isRedirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
        if (isRedirected)
        {
            console.Profile.Width = PipedWidth;
        }

        console.WriteLine();
        console.WriteLine($"{report.Title}: {report.Quantity}");
        console.Write(Regions(report));
        if (report.Comparison.Count > 0)
        {
            console.Write(Pairs(report));
            console.WriteLine("R2 and cover: of the scalars measured in one region, predicted from the other by "
                + "structure alone; intervals for a measurement, 0.68 is honest.");
            console.WriteLine("scalars apart: 0 for the same distribution, 1 for none in common (Kolmogorov-Smirnov). "
                + "structure alike: 1 for the same kind of patches, 0 for others.");
        }

        foreach (RegionPair pair in report.Comparison.Where(static pair => pair.Problem is not null))
        {
            console.WriteLine($"{pair.One} and {pair.Other} are not compared: {pair.Problem}.");
        }

        console.WriteLine($"figures  {string.Join(", ", figures.Select(Path.GetFileName))}");
        console.WriteLine($"folder   {report.Folder}");
    }

    private static Table Regions(CampaignReport report)
    {
        bool isPlaced = report.Regions.Any(static region => region.Stage is not null);
        Table table = Of(
            [
                "region", "state", .. isPlaced ? Stage : [], "points", "electrons", "time", "best", "at",
                "map mean", "5 % .. 95 %", "uncertainty", "RMSE", "cover", "starts from",
            ]);
        foreach (RegionSummary region in report.Regions)
        {
            string[] cells =
            [
                region.Name,
                $"{region.State}".ToLowerInvariant(),
                .. isPlaced ? new[] { $"{region.Stage?.Position()}" } : [],
                $"{region.Points}",
                Text($"{region.Electrons:G3}"),
                Text($"{region.WorkedSeconds:F1} s"),
                region.Best is { } best ? SummaryText.Number(best.Value) : "-",
                region.Best is { } place ? $"{place.At}" : "-",
                region.Map is { } map ? SummaryText.Number(map.Mean) : "-",
                region.Map is { } range ? Text($"{range.Low:G3} .. {range.High:G3}") : "-",
                region.Map is { } unsure ? SummaryText.Number(unsure.Uncertainty) : "-",
                region.Rmse is { } rmse ? Text($"{rmse:F3}") : "-",
                region.Coverage68 is { } cover ? Text($"{cover:F2}") : "-",
                // The run's whole name is in summary.json.
                region.StartedFrom is null ? "the seed" : "a model",
            ];
            table.AddRow([.. cells.Select(Markup.Escape)]);
        }

        return table;
    }

    private static Table Pairs(CampaignReport report)
    {
        bool isPlaced = report.Comparison.Any(static pair => pair.StagesApartNm is not null);
        Table table = Of(
            [
                "predicted", "from", .. isPlaced ? StagesApart : [], "points", "R2", "cover",
                "scalars apart", "structure alike",
            ]);
        foreach (RegionPair pair in report.Comparison)
        {
            foreach (CrossPrediction cross in new[] { pair.There, pair.Back }.OfType<CrossPrediction>())
            {
                string[] cells =
                [
                    cross.To,
                    cross.From,
                    .. isPlaced ? new[] { pair.StagesApartNm is { } nm ? Text($"{nm:F1} nm") : "-" } : [],
                    $"{cross.Points}",
                    cross.R2 is { } r2 ? Text($"{r2:F2}") : "-",
                    Text($"{cross.Coverage68:F2}"),
                    pair.ScalarDistance is { } apart ? Text($"{apart:F2}") : "-",
                    pair.StructureMixing is { } alike ? Text($"{alike:F2}") : "-",
                ];
                table.AddRow([.. cells.Select(Markup.Escape)]);
            }
        }

        return table;
    }

    private static Table Of(params string[] columns)
    {
        Table table = new Table().Border(TableBorder.Simple);
        foreach (string column in columns)
        {
            table.AddColumn(new TableColumn(Markup.Escape(column)).NoWrap());
        }

        return table;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
