using System.CommandLine;
using System.Text.Json;

namespace DklActors.Host.Commands;

/// <summary><c>dkl journal</c>: look into the journal of a run, check it, copy it, hand it on.</summary>
internal sealed partial class JournalCommand
{
    private readonly TimeProvider _time;

    public JournalCommand(TimeProvider time)
    {
        _time = time;
        Command = new Command("journal", "Verify, show, export, copy and tidy the journal of a run.")
        {
            Verify(), Tail(), Export(), Backup(), Prune(),
        };
    }

    public Command Command { get; }

    private static Argument<string> RunArgument() => new("RUN") { Description = "Folder of the run." };

    private static Option<bool> JsonOption(string what) => new("--json") { Description = what };

    private static void PrintJson(object line) =>
        Console.WriteLine(JsonSerializer.Serialize(line, JsonSerializerOptions.Web));
}
