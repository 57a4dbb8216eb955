using System.Collections.Concurrent;
using System.CommandLine;
using DklActors.Learning.Acquisition;
using DklActors.Learning.Ensembles;
using DklActors.Learning.Ladder;
using DklActors.Learning.Scoring;
using DklActors.Messages.Models;
using DklActors.Transfer;

const int SeedPoints = 10;

var folder = new Argument<string>("FOLDER")
{
    Description = "Folder that holds the recorded data.",
    DefaultValueFactory = _ => ".",
};
var scenes = new Option<string[]>("--scenes")
{
    Description = $"Of {string.Join(", ", Scenes.Names)}.",
    DefaultValueFactory = _ => ["nanoparticles"],
    AllowMultipleArgumentsPerToken = true,
};
var pairs = new Option<int>("--pairs") { DefaultValueFactory = _ => 10, Description = "Pairs of regions a scene." };
var size = new Option<int>("--size") { DefaultValueFactory = _ => 48, Description = "Edge of a simulated image, px." };
var preset = new Option<string>("--preset") { DefaultValueFactory = _ => "default" };
var acquisition = new Option<string>("--acquisition") { DefaultValueFactory = _ => "maximum-uncertainty" };
var threads = new Option<int>("--threads") { DefaultValueFactory = _ => 1 };
var csv = new Option<string?>("--csv") { Description = "File that gets every score of every run." };
var steps = new Option<int[]>("--steps")
{
    Description = "Points in all at which maps are compared.",
    DefaultValueFactory = _ => [5, 10, 15, 30, 70],
    AllowMultipleArgumentsPerToken = true,
};
var command = new RootCommand(
    "What chooses the first points best, and whether a region learns faster from the model of another: pairs of "
    + "regions, each both ways.")
{
    folder, scenes, pairs, size, preset, acquisition, threads, csv, steps,
};
command.SetAction(arguments =>
{
    int[] at = arguments.GetValue(steps)!;
    LearnerOptions learner = LearnerPresets.Create(arguments.GetValue(preset)!)
        .Change(static options => options with { Threads = 1 });
    var curves = new ConcurrentDictionary<Cell, MapScore[]>();
    var work =
        from scene in arguments.GetValue(scenes)
        from pair in Enumerable.Range(0, arguments.GetValue(pairs))
        select (Scene: scene, Pair: pair);
    var most = new ParallelOptions { MaxDegreeOfParallelism = arguments.GetValue(threads) };
    Parallel.ForEach(work, most, one =>
    {
        ulong seed = (ulong)(one.Pair + 1);
        KnownScalars[] regions =
            Scenes.Pair(one.Scene, one.Pair, arguments.GetValue(size), arguments.GetValue(folder)!);
        RegionRun[] runs = [.. regions.Select(region => new RegionRun(
            region,
            learner.CreateEngine(region.Candidates),
            AcquisitionCatalog.Create(arguments.GetValue(acquisition)!)))];
        (MapScore[] Curve, ModelState Last)[] cold =
            [.. runs.Select(run => run.Run(seed, run.SpaceFilling(SeedPoints, seed), at[^1], null))];
        for (int region = 0; region < 2; region++)
        {
            RegionRun run = runs[region];
            ModelState other = cold[1 - region].Last with { Version = ModelState.Foreign };
            Note(Way.SpaceFilling, cold[region].Curve);
            Note(Way.Untrained, run.Run(seed, run.ByModel(null, SeedPoints, seed), at[^1], null).Curve);
            Note(Way.Transferred, run.Run(seed, run.ByModel(other, SeedPoints, seed), at[^1], other).Curve);

            void Note(Way way, MapScore[] curve) => curves[new Cell(one.Scene, one.Pair, region, way)] = curve;
        }

        Console.Error.WriteLine($"{one.Scene}: pair {one.Pair + 1} is done, {regions[0].Candidates.Count} candidates");
    });

    TransferTable.Print(curves, at, Console.Out);
    if (arguments.GetValue(csv) is { } file)
    {
        using var output = new StreamWriter(file);
        TransferTable.WriteCsv(curves, output);
    }
});
return command.Parse(args).Invoke();
