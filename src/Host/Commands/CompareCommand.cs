using System.CommandLine;
using DklActors.Host.Comparing;
using DklActors.Host.Composition;
using DklActors.Host.Recipes;
using DklActors.Learning.Ladder;
using DklActors.Messages.Frames;
using Spectre.Console;

namespace DklActors.Host.Commands;

/// <summary><c>dkl compare</c>: strategies × seeds on a data set whose map is known.</summary>
internal sealed class CompareCommand
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly RecipeOptions _recipe = new();

    private readonly Option<string[]> _strategies = new("--strategies")
    {
        Description = $"Rungs of the ladder, separated by commas: {string.Join(", ", Strategies.Names)}.",
        HelpName = "a,b",
        DefaultValueFactory = _ => [string.Join(',', Strategies.Names)],
    };

    private readonly Option<int> _seeds = new("--seeds")
    {
        Description = "Number of seeds, the same for every strategy.",
        HelpName = "N",
        DefaultValueFactory = _ => 20,
    };

    private readonly Option<string> _steps = new("--steps")
    {
        Description = "Steps of the table beyond the seed points, separated by commas; at most as many as candidates.",
        HelpName = "a,b",
        DefaultValueFactory = _ => "10,25,50,100",
    };

    private readonly Option<string?> _out = new("--out")
    {
        Description = "Folder for the report. Default: runs/<time>-compare-<name>.",
        HelpName = "DIR",
    };

    private readonly TimeProvider _time;

    public CompareCommand(TimeProvider time)
    {
        _time = time;
        Command = new Command("compare", "Compare strategies on a data set whose map is known: table, curves, report.")
        {
            _recipe.Recipe, _out, _strategies, _seeds, _steps, _recipe.Data, _recipe.Set,
        };
        Command.SetAction((parsed, token) => Boundary.RunAsync(() => CompareAsync(parsed, token)));
    }

    public Command Command { get; }

    private async Task<ExitCode> CompareAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        Recipe recipe = RecipeReader.Read(
            _recipe.PathOf(parsed), _recipe.OverridesOf(parsed), out RecipeOrigins origins);
        Experiment experiment = ExperimentBuilder.Build(recipe, origins, _time);
        using (experiment.Microscope)
        {
            _ = experiment.RequireTruth();
            ComparisonPlan plan = PlanOf(parsed, experiment);
            string folder = parsed.GetValue(_out)
                ?? Path.Combine("runs", $"{_time.GetLocalNow():yyyyMMdd-HHmmss}-compare-{recipe.Name}");
            StructuralImage image = await experiment.Microscope.Survey.AcquireAsync(cancellationToken)
                .ConfigureAwait(false);
            KnownScalars data = KnownScalarsReader.Read(experiment, image);
            if (data.Truth.Distinct().Take(2).Count() < 2)
            {
                throw new UsageException("The scalar is the same everywhere, so there is nothing to compare.");
            }

            plan = plan.ClippedTo(data.Candidates.Count) with { StartsAreGiven = !data.SeedPoints.IsEmpty };
            IReadOnlyList<ComparisonRun> runs =
                await FollowAsync(new Comparison(plan, data, _time), cancellationToken).ConfigureAwait(false);
            Write(folder, experiment, plan, runs, data.Candidates.Count);
            return ExitCode.Done;
        }
    }

    private static void Write(
        string folder,
        Experiment experiment,
        ComparisonPlan plan,
        IReadOnlyList<ComparisonRun> runs,
        int candidates)
    {
        Directory.CreateDirectory(folder);
        string verdict = string.Join('\n', ComparisonVerdict.Sentences(plan, runs));
        string text = $"{ComparisonTables.Markdown(plan, runs)}\n{ComparisonTables.Ranks(plan, runs)}\n{verdict}";
        File.WriteAllText(Path.Combine(folder, "comparison.csv"), ComparisonTables.Csv(runs));
        File.WriteAllText(Path.Combine(folder, "comparison.md"), $"{text}\n");
        File.WriteAllText(Path.Combine(folder, "curves.svg"), ComparisonReport.Curves(plan, runs));
        File.WriteAllText(
            Path.Combine(folder, "report.html"), ComparisonReport.Html(experiment, plan, runs, candidates));
        Console.WriteLine(text);
        Console.WriteLine($"{Path.GetFullPath(folder)}: comparison.csv, comparison.md, curves.svg, report.html");
    }

    private async Task<IReadOnlyList<ComparisonRun>> FollowAsync(
        Comparison comparison, CancellationToken cancellationToken)
    {
        Task<IReadOnlyList<ComparisonRun>> running = Task.Run(
            () => comparison.RunAsync(cancellationToken), cancellationToken);
        // Progress is for people; standard output keeps to the result.
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Console.Error),
        });
        await console.Progress().AutoClear(true).StartAsync(async progress =>
        {
            ProgressTask bar = progress.AddTask("strategies × seeds", maxValue: comparison.Total);
            while (!running.IsCompleted)
            {
                await Task.WhenAny(running, Task.Delay(Interval, _time, cancellationToken)).ConfigureAwait(false);
                bar.Value = comparison.Done;
            }
        }).ConfigureAwait(false);
        return await running.ConfigureAwait(false);
    }

    private ComparisonPlan PlanOf(ParseResult parsed, Experiment experiment)
    {
        int seeds = parsed.GetValue(_seeds);
        if (seeds is < 1 or > 10_000)
        {
            throw new UsageException($"--seeds {seeds}: give 1 to 10000.");
        }

        int[] checkpoints = [.. Parts(parsed.GetValue(_steps)!).Select(StepOf).Order().Distinct()];
        if (checkpoints.Length == 0)
        {
            throw new UsageException("--steps: give at least one step, such as --steps 10,25,50.");
        }

        try
        {
            IEnumerable<string> names = parsed.GetValue(_strategies)!.SelectMany(Parts).Distinct();
            Strategy[] strategies = [.. names.Select(Strategies.Named)];
            var settings = experiment.SettingsFor(experiment.Recipe.Name);
            ulong first = (ulong)experiment.Recipe.Seed;
            return new ComparisonPlan(
                strategies,
                [.. Enumerable.Range(0, seeds).Select(i => first + (ulong)i)],
                experiment.Recipe.Planner.Seeds,
                checkpoints,
                settings.Plan.Acquisition,
                settings.Plan.Goal);
        }
        catch (ArgumentException exception)
        {
            throw new UsageException($"--strategies: {exception.Message}");
        }
    }

    private static string[] Parts(string text) =>
        text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static int StepOf(string text) => int.TryParse(text, out int step) && step is >= 1 and <= 100_000
        ? step
        : throw new UsageException($"--steps: '{text}' is no number of measurements; write --steps 10,25,50.");
}
