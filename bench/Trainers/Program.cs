using System.CommandLine;
using DklActors.Trainers;

var broker = new Option<string?>("--broker") { Description = "A broker. Default: one that is started here." };
var jobs = new Option<int>("--jobs") { DefaultValueFactory = _ => 60, Description = "How many, one after the other." };
var latency = new Command("latency", "From job to accepted result, beyond the training itself.") { broker, jobs };
latency.SetAction((parsed, cancellation) => BrokerOf(parsed.GetValue(broker), url =>
    new LatencyLoad(url, parsed.GetValue(jobs), TimeProvider.System).RunAsync(cancellation)));

var experiments = new Option<int>("--experiments") { DefaultValueFactory = _ => 64, Description = "How many." };
var nodes = new Option<int>("--nodes") { DefaultValueFactory = _ => 8, Description = "How many processes." };
var rounds = new Option<int>("--rounds") { DefaultValueFactory = _ => 30, Description = "Trainings an experiment." };
var seconds = new Option<double>("--training") { DefaultValueFactory = _ => 2, Description = "Seconds of a training." };
var kill = new Option<double>("--kill") { DefaultValueFactory = _ => 60, Description = "Seconds between two kills." };
var scale = new Command("scale", "Many experiments, several nodes, one of which is killed again and again.")
{
    broker, experiments, nodes, rounds, seconds, kill,
};
scale.SetAction((parsed, cancellation) => BrokerOf(parsed.GetValue(broker), url => new ScaleLoad(
    new ScalePlan(
        url, parsed.GetValue(experiments), parsed.GetValue(nodes), parsed.GetValue(rounds),
        TimeSpan.FromSeconds(parsed.GetValue(seconds)), TimeSpan.FromSeconds(parsed.GetValue(kill))),
    TimeProvider.System).RunAsync(cancellation)));

var name = new Option<string>("--name") { Required = true };
var token = new Option<string>("--token-file") { Required = true };
var cache = new Option<string>("--cache") { Required = true };
var node = new Command("node", "A node whose trainings take a set time; started by scale.")
{
    broker, name, token, cache, seconds,
};
node.SetAction((parsed, cancellation) => TimedNode.RunAsync(
    parsed.GetValue(broker)!, parsed.GetValue(name)!, parsed.GetValue(token)!, parsed.GetValue(cache)!,
    TimeSpan.FromSeconds(parsed.GetValue(seconds)), TimeProvider.System, cancellation));

return await new RootCommand("How trainer nodes bear up.") { latency, scale, node }.Parse(args).InvokeAsync();

static async Task<int> BrokerOf(string? given, Func<string, Task<int>> run)
{
    if (given is not null)
    {
        return await run(given);
    }

    await using var server = new DklActors.Support.Broker.RabbitServer();
    await server.InitializeAsync();
    return await run(server.Url);
}
