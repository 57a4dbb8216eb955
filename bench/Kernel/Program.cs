using System.CommandLine;
using DklActors.Kernel.Messaging;
using DklActors.Kernel.Spawning;
using DklActors.Measuring;

var rounds = new Option<int>("--rounds") { Description = "Turns of every timing.", DefaultValueFactory = _ => 9 };
var only = new Option<string[]>("--only")
{
    Description = "messaging or spawning; both if left out.",
    AllowMultipleArgumentsPerToken = true,
    DefaultValueFactory = _ => ["messaging", "spawning"],
};
only.AcceptOnlyFromAmong("messaging", "spawning");
var command = new RootCommand("Times the actor runtime that it was built on.") { rounds, only };
command.SetAction(async (arguments, _) =>
{
    var report = new Report(Console.Out);
    report.Heading($"Actors of {typeof(Props).Assembly.GetName().Name}, {Environment.ProcessorCount} cores");
    var system = ActorSystem.Create("bench");
    foreach (var part in arguments.GetValue(only)!)
    {
        Action<Report, int, ActorSystem> run = part == "messaging" ? MessagingBench.Run : SpawningBench.Run;
        run(report, arguments.GetValue(rounds), system);
    }

    await system.Terminate();
});
return await command.Parse(args).InvokeAsync();
