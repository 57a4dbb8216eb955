using System.CommandLine;
using System.Text.Json;
using DklActors.Host.Data;

namespace DklActors.Host.Commands;

/// <content><c>dkl data info</c>.</content>
internal sealed partial class DataCommand
{
    private static readonly JsonSerializerOptions InfoJson = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private static Command Info()
    {
        var file = new Argument<string>("FILE") { Description = "A data file, or a folder of .npy files." };
        var json = new Option<bool>("--json") { Description = "Print one JSON object with everything instead." };
        var command = new Command("info", "Show arrays, axes, calibrations and metadata of a data file.")
        {
            file, json,
        };
        command.SetAction((parsed, _) => Boundary.RunAsync(() =>
        {
            var facts = FileFacts.Of(parsed.GetValue(file)!);
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(facts, InfoJson));
            }
            else
            {
                FileFactsText.Print(facts);
            }

            return Task.FromResult(ExitCode.Done);
        }));
        return command;
    }
}
