using System.Globalization;
using System.Text.Json;
using DklActors.Host.Estimating;
using DklActors.Host.Journals;
using Spectre.Console;

namespace DklActors.Host.Remote;

/// <summary>What a daemon and its experiments are at, for people.</summary>
internal static class StatusText
{
    private const int PipedWidth = 150;

    /// <param name="daemon">A DaemonStatus of docs/api.md.</param>
    /// <param name="url">Where it answers.</param>
    public static void PrintDaemon(JsonElement daemon, Uri url)
    {
        IAnsiConsole console = Console();
        string seat = daemon.Field("seat") is { } taken ? $"{taken.Text("name")} has the seat" : "the seat is free";
        string free = daemon.Number("freeDiskBytes") is { } bytes ? ByteText.Of((long)bytes) : "?";
        console.WriteLine(
            $"{daemon.Text("version")} at {url}, {free} free, {seat}"
            + (daemon.Truth("accepts") == false ? ", SHUTTING DOWN" : ""));
        Table table = new Table().Border(TableBorder.Simple);
        table.AddColumns("id", "instrument", "phase", "state", "points", "why");
        foreach (JsonElement experiment in daemon.Items("experiments"))
        {
            table.AddRow(new[]
            {
                experiment.Text("id"),
                experiment.Text("instrument"),
                experiment.Number("position") is { } position
                    ? $"{experiment.Text("phase")} {position}"
                    : experiment.Text("phase"),
                experiment.Text("state"),
                $"{experiment.Number("measured")} of {experiment.Number("total")}",
                experiment.Text("reason"),
            }.Select(static text => Markup.Escape(text ?? "")).ToArray());
        }

        if (table.Rows.Count == 0)
        {
            console.WriteLine("No experiment yet; 'dkl submit RECIPE' queues one.");
        }
        else
        {
            console.Write(table);
        }
    }

    /// <param name="experiment">An ExperimentStatus of docs/api.md.</param>
    public static void PrintExperiment(JsonElement experiment)
    {
        IAnsiConsole console = Console();
        Grid grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn();
        foreach ((string what, string? value) in Lines(experiment).Where(static line => line.Value is not null))
        {
            grid.AddRow(Markup.Escape(what), Markup.Escape(value!));
        }

        console.Write(grid);
    }

    /// <param name="campaign">A Campaign of docs/api.md.</param>
    public static void PrintCampaign(JsonElement campaign)
    {
        IAnsiConsole console = Console();
        console.WriteLine(
            $"{campaign.Text("id")}, {campaign.Text("title")}: {campaign.Text("state")} ({campaign.Text("phase")})");
        Table table = new Table().Border(TableBorder.Simple);
        table.AddColumns("region", "phase", "state", "points", "why", "id");
        foreach (JsonElement region in campaign.Items("regions"))
        {
            table.AddRow(new[]
            {
                region.Text("name"),
                region.Text("phase"),
                region.Text("state"),
                $"{region.Number("measured")} of {region.Number("total")}",
                region.Text("reason"),
                region.Text("experiment"),
            }.Select(static text => Markup.Escape(text ?? "")).ToArray());
        }

        console.Write(table);
        console.WriteLine(campaign.Text("comparison") switch
        {
            "there" => "The regions are compared: figures/comparison.svg and summary.json of its folder.",
            "making" => "The regions are being compared.",
            "failed" => $"The regions could not be compared: {campaign.Text("comparisonProblem")}",
            _ => "The regions are compared when the campaign is over.",
        });
    }

    private static IEnumerable<(string What, string? Value)> Lines(JsonElement experiment)
    {
        yield return ("experiment", $"{experiment.Text("id")}, {experiment.Text("title")}");
        yield return ("instrument", experiment.Text("instrument"));
        yield return (
            "state",
            experiment.Number("position") is { } position
                ? Text($"queued, number {position}")
                : $"{experiment.Text("state")} ({experiment.Text("phase")})");
        yield return ("why", experiment.Text("reason"));
        foreach (JsonElement hold in experiment.Items("holds"))
        {
            yield return ("held by", $"{hold.Text("by")}: {hold.Text("reason")}");
        }

        yield return ("beam", experiment.Field("beam") is { } beam ? BeamOf(beam) : null);
        yield return ("points", Text($"{experiment.Number("measured")} of {experiment.Number("total")}")
            + (experiment.Number("pointsPerHour") is { } pace ? Text($", {pace:F0} an hour") : "")
            + (experiment.Number("etaS") is { } eta ? $", {DurationText.Of(TimeSpan.FromSeconds(eta))} left" : ""));
        yield return ("best", experiment.Field("best") is { } best
            ? Text($"{best.Number("value"):G5} at row {best.Number("row")}, column {best.Number("column")}")
            : null);
        yield return ("dose", experiment.Field("dose") is { } dose
            ? Text($"{dose.Number("electrons"):G4} electrons{Of(dose.Number("limitElectrons"), "")}, highest ")
                + Text($"{dose.Number("highestPixel"):G4} e/A^2{Of(dose.Number("limitPerPixel"), " e/A^2")}")
            : null);
        yield return ("model", experiment.Field("model") is { } model
            ? Text($"version {model.Number("version")}, {model.Number("agePoints")} points behind")
                + Text($" (at most {model.Number("stalenessLimit")})")
            : null);
    }

    private static string BeamOf(JsonElement beam)
    {
        string state = beam.Text("alarm") is { } alarm ? $"ALARM: {alarm}"
            : beam.Field("exposing") is { } lease
                ? Text($"exposing p{lease.Number("point")}, {lease.Number("leftMs"):F0} ms left at most")
            : beam.Truth("blanked") switch { true => "blanked", false => "ON", null => "unknown" };
        return $"{state}; watchdog {beam.Text("watchdog")}";
    }

    private static string Of(double? limit, string unit) => limit is { } most ? Text($" of {most:G4}{unit}") : "";

    internal static IAnsiConsole Console()
    {
        bool isPiped = System.Console.IsOutputRedirected;
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(System.Console.Out),
            Ansi = isPiped ? AnsiSupport.No : AnsiSupport.Detect,
        });
        if (isPiped)
        {
            console.Profile.Width = PipedWidth;
        }

        return console;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
