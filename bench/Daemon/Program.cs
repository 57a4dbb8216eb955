using System.CommandLine;
using DklActors.Daemon;

var minutes = new Option<double>("--minutes") { DefaultValueFactory = _ => 10, Description = "How long." };
var observers = new Option<int>("--observers") { DefaultValueFactory = _ => 50, Description = "How many look on." };
var experiments = new Option<int>("--experiments")
{
    DefaultValueFactory = _ => 1008, Description = "How many, one after the other; a week of one every ten minutes.",
};
var watch = new Command("observers", "Observers of a busy daemon: nothing missed, how late, how much memory.")
{
    minutes, observers,
};
watch.SetAction((parsed, cancellation) => new ObserverLoad(
    TimeSpan.FromMinutes(parsed.GetValue(minutes)), parsed.GetValue(observers), TimeProvider.System)
    .RunAsync(cancellation));
var week = new Command("week", "As many experiments as a week has: memory and file handles stay flat.") { experiments };
week.SetAction((parsed, cancellation) =>
    new WeekLoad(parsed.GetValue(experiments), TimeProvider.System).RunAsync(cancellation));
return await new RootCommand("How the daemon bears up.") { watch, week }.Parse(args).InvokeAsync();
