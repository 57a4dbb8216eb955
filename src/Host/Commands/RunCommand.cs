using System.CommandLine;
using DklActors.Host.Recipes;
using DklActors.Host.Running;
using DklActors.Instruments.Files;
using DklActors.Journal.Storage;

namespace DklActors.Host.Commands;

/// <summary><c>dkl run</c>: one experiment to its end.</summary>
internal sealed class RunCommand
{
    private static readonly string SampleRecipe =
        Path.Combine(AppContext.BaseDirectory, "samples", "nanoparticles.yaml");

    private readonly Argument<string?> _recipe = new("RECIPE")
    {
        Description = "The recipe (YAML). Without it: the sample experiment.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _out = new("--out")
    {
        Description = "The run folder; must not hold a run yet. Default: runs/<time>-<name>.",
        HelpName = "DIR",
    };

    private readonly Option<string?> _resume = new("--resume")
    {
        Description = "Continue the run in this folder where it ended or was killed.",
        HelpName = "DIR",
    };

    private readonly Option<string?> _data = new("--data")
    {
        Description = "The data set of a preacquired microscope; short for --set microscope.data=FILE.",
        HelpName = "FILE",
    };

    private readonly Option<ulong?> _seed = new("--seed")
    {
        Description = "Seed of every random choice; short for --set seed=N.",
        HelpName = "N",
    };

    private readonly Option<string[]> _set = new("--set")
    {
        Description = "Replace a value of the recipe, such as --set exposure.dwell=\"20 ms\". May be repeated.",
        HelpName = "key=value",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "Print one JSON object with the summary as the last line; progress goes to standard error.",
    };

    private readonly TimeProvider _time;

    public RunCommand(TimeProvider time)
    {
        _time = time;
        Command = new Command("run", "Run one experiment to its end, with live progress.")
        {
            _recipe, _out, _resume, _data, _seed, _set, _json,
        };
        Command.SetAction((parsed, _) => RunAsync(RequestOf(parsed)));
    }

    public Command Command { get; }

    public Task<int> RunSampleAsync() => RunAsync(() => new RunRequest(SampleRecipe, null, null, [], false));

    private Func<RunRequest> RequestOf(ParseResult parsed) => () =>
    {
        string? recipe = parsed.GetValue(_recipe);
        string? resume = parsed.GetValue(_resume);
        List<(string Key, string Value)> overrides = [.. parsed.GetValue(_set)!.Select(Override)];
        if (parsed.GetValue(_seed) is { } seed)
        {
            overrides.Add(("seed", seed.ToString()));
        }

        if (parsed.GetValue(_data) is { } data)
        {
            overrides.Add(("microscope.data", data));
        }

        if (resume is not null && (recipe is not null || overrides.Count > 0 || parsed.GetValue(_out) is not null))
        {
            throw new UsageException(
                "--resume continues a run with the recipe it was started with; leave out RECIPE, --out, --seed, "
                + "--data and --set, or start a new run.");
        }

        return new RunRequest(
            recipe ?? SampleRecipe, parsed.GetValue(_out), resume, overrides, parsed.GetValue(_json));
    };

    private static (string Key, string Value) Override(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? (text[..equals].Trim(), text[(equals + 1)..])
            : throw new UsageException($"--set {text}: expected key=value, such as --set planner.measurements=20.");
    }

    private async Task<int> RunAsync(Func<RunRequest> request)
    {
        try
        {
            return (int)await new RunSession(request(), _time).RunAsync().ConfigureAwait(false);
        }
        catch (RecipeException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message).ConfigureAwait(false);
            return (int)ExitCode.WrongUse;
        }
        catch (Exception exception) when (exception is UsageException or DataFileException)
        {
            await Console.Error.WriteLineAsync($"dkl: {exception.Message}").ConfigureAwait(false);
            return (int)ExitCode.WrongUse;
        }
        catch (Exception exception) when (exception is JournalException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"dkl: {exception.Message}").ConfigureAwait(false);
            return (int)ExitCode.RunFailed;
        }
        catch (Exception exception)
        {
            // The outermost boundary: a bug. The beam is blanked by now; whoever reports it needs all of this.
            string report = $"dkl: this is a bug, please report it: {exception}";
            await Console.Error.WriteLineAsync(report).ConfigureAwait(false);
            return (int)ExitCode.RunFailed;
        }
    }
}
