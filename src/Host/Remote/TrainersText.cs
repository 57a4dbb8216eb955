using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace DklActors.Host.Remote;

/// <summary>The trainer nodes of a daemon, for people.</summary>
internal static class TrainersText
{
    /// <param name="trainers">Trainers of docs/api.md.</param>
    public static void Print(JsonElement trainers)
    {
        IAnsiConsole console = StatusText.Console();
        if (trainers.Field("broker") is not { } broker)
        {
            console.WriteLine("This daemon has no broker; 'dkl serve --broker URL' gives it one.");
            return;
        }

        console.WriteLine(
            $"{(broker.Truth("connected") == true ? "linked to" : "NO LINK to")} {broker.Text("address")}"
            + (broker.Text("reason") is { } reason ? $": {reason}" : ""));
        if (broker.Field("ignored") is { ValueKind: JsonValueKind.Object } ignored)
        {
            foreach (JsonProperty one in ignored.EnumerateObject())
            {
                console.WriteLine($"not heeded: {one.Value.GetInt64()} {one.Name}");
            }
        }

        Table table = new Table().Border(TableBorder.Simple);
        table.AddColumns("node", "device", "state", "last beat", "jobs", "engines", "software");
        foreach (JsonElement node in trainers.Items("nodes"))
        {
            table.AddRow(new[]
            {
                node.Text("node"),
                node.Text("device"),
                node.Text("state"),
                string.Create(CultureInfo.InvariantCulture, $"{node.Number("silentS"):F1} s ago"),
                JobsOf(node),
                node.Text("identity"),
                node.Text("software"),
            }.Select(static text => Markup.Escape(text ?? "")).ToArray());
        }

        if (table.Rows.Count == 0)
        {
            console.WriteLine("No trainer node has told of itself; 'dkl trainer' starts one.");
        }
        else
        {
            console.Write(table);
        }
    }

    private static string JobsOf(JsonElement node)
    {
        IEnumerable<string> jobs = node.Items("jobs").Select(static job => string.Create(
            CultureInfo.InvariantCulture,
            $"{job.Text("experiment")} model {job.Number("version")}, {job.Number("seconds"):F0} s"));
        return string.Join('\n', jobs.Prepend($"{node.Items("jobs").Count()} of {node.Number("capacity")}"));
    }
}
