using System.Globalization;
using Spectre.Console;

namespace DklActors.Host.Estimating;

/// <summary>An estimate for people.</summary>
internal static class EstimateText
{
    private const int PipedWidth = 120;

    public static void Print(Estimate estimate, TextWriter to, bool isRedirected)
    {
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

        Grid grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn();
        foreach ((string what, string value) in Lines(estimate))
        {
            grid.AddRow(Markup.Escape(what), Markup.Escape(value));
        }

        console.Write(grid);
        foreach (string warning in estimate.Warnings)
        {
            console.WriteLine();
            console.MarkupLineInterpolated($"[yellow]warning[/]: {warning}");
        }

        console.WriteLine();
        console.WriteLine("The recipe can be run. Nothing was moved or exposed.");
    }

    private static IEnumerable<(string What, string Value)> Lines(Estimate estimate)
    {
        yield return ("experiment", estimate.Name);
        yield return ("instrument", estimate.InstrumentDescription);
        if (estimate.Stage is { } stage)
        {
            yield return ("sample stage", $"to {stage.Position()}, within its limits");
        }

        yield return ("points", Text($"{estimate.Points} of {estimate.Candidates} candidates"));
        if (estimate.Exposures != estimate.Points)
        {
            yield return ("exposures", Text($"{estimate.Exposures} at most, with neighbours"));
        }

        yield return ("ends by", EndOf(estimate));
        yield return (
            "duration",
            $"about {DurationText.Of(TimeSpan.FromSeconds(estimate.DurationS))}; training runs beside the measuring, "
            + "and adds to it where a refit takes longer than the points the model may lag behind");
        yield return ("electrons", Text($"{estimate.Electrons:G4}, {LimitOf(estimate.LimitElectrons, "")}"));
        yield return (
            "dose at a point", (estimate.DosePerPixel is { } dose
                ? Text($"{dose:G4} e/A^2, ")
                : "known once the survey tells the pixel size, ")
            + LimitOf(estimate.LimitPerPixel, " e/A^2"));
    }

    private static string EndOf(Estimate estimate) => estimate.PointsByThen == estimate.Points
        ? $"{estimate.EndsBy}, with all points"
        : Text($"{estimate.EndsBy}, after about {estimate.PointsByThen} of {estimate.Points} points");

    private static string LimitOf(double? limit, string unit) =>
        limit is { } most ? Text($"limit {most:G4}{unit}") : "no limit";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
