using System.CommandLine;
using DklActors.Bridge;
using DklActors.Measuring;

var rounds = new Option<int>("--rounds") { Description = "Exposures of every timing.", DefaultValueFactory = _ => 300 };
var python = new Option<string>("--python")
{
    Description = "A python3 with numpy, for the bridge.",
    DefaultValueFactory = _ => "python3",
};
var bridges = new Option<string>("--bridge")
{
    Description = "Folder of the bridge.",
    DefaultValueFactory = _ => Path.Combine("bridges", "python"),
};
var command = new RootCommand("Times what a bridge adds to an exposure and to a survey, over loopback.")
{
    rounds, python, bridges,
};
command.SetAction(async (arguments, _) =>
{
    var report = new Report(Console.Out);
    int count = arguments.GetValue(rounds);
    foreach (Load load in Load.All)
    {
        await using ReferenceBridge bridge = await ReferenceBridge.StartAsync(
            arguments.GetValue(python)!, arguments.GetValue(bridges)!, load);
        await load.RunAsync(bridge, count, report);
    }
});
return await command.Parse(args).InvokeAsync();
