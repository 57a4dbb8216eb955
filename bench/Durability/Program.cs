using System.CommandLine;
using DklActors.Durability.Appending;
using DklActors.Durability.Recovering;
using DklActors.Measuring;

var seconds = new Option<double>("--seconds") { Description = "Length of a round.", DefaultValueFactory = _ => 2 };
var rounds = new Option<int>("--rounds") { Description = "Turns of every timing.", DefaultValueFactory = _ => 5 };
var events = new Option<int>("--events")
{
    Description = "Events of the journal that is recovered.",
    DefaultValueFactory = _ => 1_000_000,
};
var folder = new Option<string>("--folder")
{
    Description = "Where journals are made; its disk is what is measured.",
    DefaultValueFactory = _ => Path.GetTempPath(),
};
var only = new Option<string[]>("--only")
{
    Description = "appending or recovering; both if left out.",
    AllowMultipleArgumentsPerToken = true,
    DefaultValueFactory = _ => ["appending", "recovering"],
};
only.AcceptOnlyFromAmong("appending", "recovering");

var path = new Argument<string>("journal");
var recover = new Command("recover", "Recovers one journal in this process and says what it took.") { path };
recover.SetAction(arguments => Recovery.Run(arguments.GetValue(path)!));

var command = new RootCommand("Times the journal against its limits and against bare SQLite.")
{
    seconds, rounds, events, folder, only, recover,
};
command.SetAction(async (arguments, _) =>
{
    var report = new Report(Console.Out);
    string place = arguments.GetValue(folder)!;
    foreach (string part in arguments.GetValue(only)!)
    {
        await (part == "appending"
            ? AppendingBench.RunAsync(
                report, place, arguments.GetValue(rounds), TimeSpan.FromSeconds(arguments.GetValue(seconds)))
            : RecoveringBench.RunAsync(report, place, arguments.GetValue(events)));
    }
});
return await command.Parse(args).InvokeAsync();
