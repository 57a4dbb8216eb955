using System.CommandLine;
using DklActors.Measuring;
using DklActors.Patterns.Measurements;

var rounds = new Option<int>("--rounds") { Description = "Turns of every timing.", DefaultValueFactory = _ => 15 };
var size = new Option<int>("--size") { Description = "Rows and columns of a pattern.", DefaultValueFactory = _ => 256 };
var command = new RootCommand("Times what is measured on diffraction patterns, on one core.") { rounds, size };
command.SetAction(arguments => PatternBench.Run(
    new Report(Console.Out), arguments.GetValue(rounds), arguments.GetValue(size)));
return command.Parse(args).Invoke();
