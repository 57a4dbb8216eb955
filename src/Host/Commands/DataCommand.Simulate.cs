using System.CommandLine;
using System.Globalization;
using DklActors.Host.Data.Simulating;
using Spectre.Console;

namespace DklActors.Host.Commands;

/// <content><c>dkl data simulate</c>.</content>
internal sealed partial class DataCommand
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(100);

    private Command Simulate()
    {
        var sample = new Argument<string>("SAMPLE") { Description = $"One of {SampleDefaults.Names}." };
        var path = new Option<string>("--out")
        {
            Description = "A folder for .npy files, or an .npz file.",
            HelpName = "DIR|FILE.npz",
            Required = true,
        };
        var size = new Option<int?>("--size") { Description = "Edge of the scan in px.", HelpName = "N" };
        var detector = new Option<int?>("--detector") { Description = "Edge of the camera in px.", HelpName = "N" };
        var seed = new Option<int?>("--seed") { Description = "Seed of sample and noise.", HelpName = "N" };
        var dose = new Option<double?>("--dose") { Description = "Electrons of one frame.", HelpName = "ELECTRONS" };
        var truth = new Option<bool>("--truth") { Description = "Write the frames without noise too." };
        var force = new Option<bool>("--force") { Description = "Replace what is there." };
        var recipe = new RecipeOptions();
        var command = new Command(
            "simulate",
            "Write a simulated data set with everything that is true of it, and a recipe that measures it.")
        {
            sample, path, size, detector, seed, dose, truth, force, recipe.Set,
        };
        command.SetAction((parsed, token) => Boundary.RunAsync(async () =>
        {
            List<(string Key, string Value)> overrides = [];
            Add("microscope.size", parsed.GetValue(size), " px");
            Add("microscope.detector", parsed.GetValue(detector), " px");
            Add("microscope.sampleSeed", parsed.GetValue(seed), "");
            Add("seed", parsed.GetValue(seed), "");
            overrides.AddRange(recipe.ChangesOf(parsed));
            double? electrons = parsed.GetValue(dose);
            if (electrons is not null and not (> 0 and < 1e15))
            {
                throw new UsageException($"--dose {electrons}: give the number of electrons of one frame, above 0.");
            }

            using var simulation = new DataSimulation(
                new SimulationRequest(
                    parsed.GetValue(sample)!,
                    parsed.GetValue(path)!,
                    electrons,
                    overrides,
                    parsed.GetValue(truth),
                    parsed.GetValue(force)),
                _time);
            Console.Error.WriteLine($"{simulation.Description}; {SizeText(simulation.Bytes)}");
            Console.WriteLine(await FollowAsync(simulation, token).ConfigureAwait(false));
            return ExitCode.Done;

            void Add(string key, int? value, string unit)
            {
                if (value is { } number)
                {
                    overrides.Add((key, $"{number}{unit}"));
                }
            }
        }));
        return command;
    }

    private async Task<string> FollowAsync(DataSimulation simulation, CancellationToken cancellationToken)
    {
        Task<string> writing = Task.Run(() => simulation.Write(cancellationToken), cancellationToken);
        // Progress is for people; standard output keeps to the result.
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Console.Error),
        });
        ProgressColumn[] columns =
            [new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()];
        await console.Progress().AutoClear(true).Columns(columns).StartAsync(async progress =>
        {
            ProgressTask bar = progress.AddTask("frames", maxValue: simulation.Frames);
            while (!writing.IsCompleted)
            {
                await Task.WhenAny(writing, Task.Delay(ProgressInterval, _time, CancellationToken.None))
                    .ConfigureAwait(false);
                bar.Value = simulation.Done;
            }
        }).ConfigureAwait(false);
        return await writing.ConfigureAwait(false);
    }

    private static string SizeText(long bytes) => bytes >= 1_000_000_000
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:F1} GB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F1} MB");
}
