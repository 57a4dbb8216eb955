using System.CommandLine;
using DklActors.Learning.Acquisition;
using DklActors.Learning.Ensembles;
using DklActors.Learning.Ladder;
using DklActors.LearningQuality.Data;
using DklActors.LearningQuality.Experiments;

var folder = new Argument<string>("FOLDER") { Description = "Folder that holds the data sets." };
var set = new Option<string>("--data") { DefaultValueFactory = _ => "sio2_eds" };
var preset = new Option<string>("--preset") { DefaultValueFactory = _ => "default" };
var acquisition = new Option<string>("--acquisition") { DefaultValueFactory = _ => "maximum-uncertainty" };
var seeds = new Option<int>("--seeds") { DefaultValueFactory = _ => 10 };
var firstSeed = new Option<int>("--first-seed") { DefaultValueFactory = _ => 1 };
var steps = new Option<int[]>("--steps")
{
    DefaultValueFactory = _ => [10, 25, 50, 60],
    AllowMultipleArgumentsPerToken = true,
};
var errors = new Option<bool>("--errors") { Description = "Tell the model the standard errors." };
var cold = new Option<bool>("--cold") { Description = "Train from the seed at every step, as published." };
var members = new Option<string[]>("--members")
{
    Description = "Only these members of the ensemble.",
    AllowMultipleArgumentsPerToken = true,
    DefaultValueFactory = _ => [],
};
var timing = new Option<int>("--timing") { Description = "Time every step with so many observations instead." };
var overrides = new Option<string[]>("--set")
{
    Description = "Learning options, key=value.",
    AllowMultipleArgumentsPerToken = true,
    DefaultValueFactory = _ => [],
};
var command = new RootCommand("Scores the learning on data whose whole map is known: medians over seeds.")
{
    folder, set, preset, acquisition, seeds, firstSeed, steps, errors, cold, members, timing, overrides,
};
command.SetAction(arguments =>
{
    LearnerOptions learner = LearnerPresets.Create(arguments.GetValue(preset)!).Change(
        options => arguments.GetValue(overrides)!.Aggregate(options, OptionOverrides.Apply));
    string[] only = arguments.GetValue(members)!;
    learner = only.Length == 0 ? learner
        : new LearnerOptions([.. learner.Members.Where(member => only.Contains(member.Name))]);
    KnownScalars data = DataSet.Load(arguments.GetValue(set)!, arguments.GetValue(folder)!);
    if (!arguments.GetValue(errors))
    {
        data = data with { StandardErrors = new double[data.Measured.Length] };
    }

    if (arguments.GetValue(timing) > 0)
    {
        TimingTable.Print(data, learner, arguments.GetValue(timing), Console.Out);
        return;
    }

    IAcquisitionFunction chooses = AcquisitionCatalog.Create(arguments.GetValue(acquisition)!, null);
    var strategy = new Strategy(arguments.GetValue(preset)!, string.Empty, learner);
    var experiment = new SerialExperiment(data, strategy, chooses, Goal.Maximise, TimeProvider.System);
    int[] checkpoints = arguments.GetValue(steps)!;
    List<List<LadderStep>> runs = [];
    for (int i = 0; i < arguments.GetValue(seeds); i++)
    {
        ulong seed = (ulong)(arguments.GetValue(firstSeed) + i);
        runs.Add([.. experiment.Run(seed, 10, checkpoints[^1], checkpoints.Contains, arguments.GetValue(cold))]);
    }

    QualityTable.Print(runs, Console.Out);
});
return command.Parse(args).Invoke();
