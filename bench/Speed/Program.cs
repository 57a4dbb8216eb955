using System.CommandLine;
using DklActors.Speed.Measuring;
using DklActors.Speed.Products;

var rounds = new Option<int>("--rounds") { Description = "Turns of every timing.", DefaultValueFactory = _ => 15 };
var only = new Option<string>("--only") { Description = "products; empty for all." };
var command = new RootCommand("Times the managed engine against its limits and its peers.") { rounds, only };
command.SetAction(arguments =>
{
    var report = new Report(Console.Out);
    ProductBench.Run(report, arguments.GetValue(rounds));
});
return command.Parse(args).Invoke();
