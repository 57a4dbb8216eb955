using System.Collections.Concurrent;
using System.CommandLine;
using DklActors.Learning.Acquisition;
using DklActors.Learning.Engines;
using DklActors.Learning.Ensembles;
using DklActors.Learning.Ladder;
using DklActors.Learning.Scoring;
using DklActors.Messages.Models;
using DklActors.Messages.Scalars;
using DklActors.Transfer;

var seeds = new Option<int>("--seeds") { DefaultValueFactory = _ => 10 };
var size = new Option<int>("--size") { DefaultValueFactory = _ => 64, Description = "Edge of the image, px." };
var preset = new Option<string>("--preset") { DefaultValueFactory = _ => "default" };
var acquisition = new Option<string>("--acquisition") { DefaultValueFactory = _ => "maximum-uncertainty" };
var steps = new Option<int[]>("--steps")
{
    Description = "Points in all at which maps are scored.",
    DefaultValueFactory = _ => [4, 6, 10, 15, 20, 30, 40, 60],
    AllowMultipleArgumentsPerToken = true,
};
var command = new RootCommand(
    "Whether a region learns faster from the model of another: pairs of simulated regions, each both ways.")
{
    seeds, size, preset, acquisition, steps,
};
command.SetAction(arguments =>
{
    int[] at = arguments.GetValue(steps)!;
    LearnerOptions learner = LearnerPresets.Create(arguments.GetValue(preset)!)
        .Change(static options => options with { Threads = 1 });
    string[] ways = ["none", "warm", "warm, chooses seeds", "none, untrained chooses seeds"];
    var scores = new ConcurrentDictionary<(int Seed, int Region, int Way), MapScore[]>();
    Parallel.For(0, arguments.GetValue(seeds), pair =>
    {
        ulong seed = (ulong)(pair + 1);
        KnownScalars[] regions = [.. Enumerable.Range(0, 2).Select(region =>
            SimulatedRegion.Measure((1000 * (pair + 1)) + region, (long)seed, arguments.GetValue(size)))];
        RegionRun[] runs = [.. regions.Select(region => new RegionRun(
            region,
            learner.CreateEngine(region.Candidates),
            AcquisitionCatalog.Create(arguments.GetValue(acquisition)!)))];
        (MapScore[] Scores, ModelState Last)[] cold =
            [.. runs.Select(run => run.Run(seed, 10, at, null, null))];
        for (int region = 0; region < 2; region++)
        {
            ModelState other = cold[1 - region].Last with { Version = ModelState.Foreign };
            scores[(pair, region, 0)] = cold[region].Scores;
            scores[(pair, region, 1)] = runs[region].Run(seed, 10, at, other, null).Scores;
            // What is due to the design alone: a model that has hardly left its priors chooses, and is forgotten.
            ModelState prior = UntrainedOn(regions[region], learner);
            scores[(pair, region, 3)] = runs[region].Run(seed, 10, at, null, prior).Scores;
            scores[(pair, region, 2)] = runs[region].Run(seed, 10, at, other, other).Scores;
        }

        Console.Error.WriteLine($"pair {pair + 1} is done");
    });

    TransferTable.Print(scores, ways, at, Console.Out);
});
return command.Parse(args).Invoke();

// One step of training on a few values that say nothing.
static ModelState UntrainedOn(KnownScalars region, LearnerOptions learner)
{
    IDklEngine engine = learner.Change(static options => options with
    {
        Optimiser = options.Optimiser with { MaxEpochs = 1, MaxWarmEpochs = 1 },
    }).CreateEngine(region.Candidates);
    Observation[] values = [.. Enumerable.Range(0, 4).Select(i => new Observation(
        i * region.Candidates.Count / 4, i % 2, 0))];
    return engine.Train(new TrainingRequest(1, [.. values], null, 1), CancellationToken.None).State with
    {
        Version = ModelState.Foreign,
    };
}
