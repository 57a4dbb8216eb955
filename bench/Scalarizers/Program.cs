using System.CommandLine;
using DklActors.Measuring;
using DklActors.Scalarizers.Measurements;

var rounds = new Option<int>("--rounds") { Description = "Turns of every timing.", DefaultValueFactory = _ => 15 };
var size = new Option<int>("--size") { Description = "Rows and columns of a pattern.", DefaultValueFactory = _ => 256 };
var command = new RootCommand("Times what is measured on spectra and diffraction patterns, on one core.")
{
    rounds, size,
};
command.SetAction(arguments =>
{
    var report = new Report(Console.Out);
    SpectrumBench.Run(report, arguments.GetValue(rounds));
    PatternBench.Run(report, arguments.GetValue(rounds), arguments.GetValue(size));
});
return command.Parse(args).Invoke();
