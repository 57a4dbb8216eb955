using System.CommandLine;
using DklActors.Actors.Running;
using DklActors.Host.Estimating;
using DklActors.Host.Recipes;
using DklActors.Host.Regions;
using DklActors.Host.Running;

namespace DklActors.Host.Commands;

/// <summary><c>dkl run</c>: one experiment to its end.</summary>
internal sealed class RunCommand
{
    private readonly RecipeOptions _recipe = new();

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

    private readonly Option<bool> _json = new("--json")
    {
        Description = "Print one JSON object with the summary as the last line; progress goes to standard error.",
    };

    private readonly Option<bool> _check = new("--check")
    {
        Description = "Check the recipe against its instrument and say what the run takes; move and expose nothing.",
    };

    private readonly Option<RunLogLevel> _logLevel = new("--log-level")
    {
        Description = "What run.log and run.jsonl hold: error, warning, information, or debug for every step.",
        HelpName = "LEVEL",
        DefaultValueFactory = _ => RunLogLevel.Information,
    };

    private readonly TimeProvider _time;

    public RunCommand(TimeProvider time)
    {
        _time = time;
        Command = new Command("run", "Run one experiment to its end, with live progress.")
        {
            _recipe.Recipe, _out, _resume, _recipe.Data, _recipe.Seed, _recipe.Set, _json, _logLevel,
            _check,
        };
        Command.SetAction((parsed, _) => RunAsync(RequestOf(parsed), parsed.GetValue(_check)));
    }

    public Command Command { get; }

    public Task<int> RunSampleAsync() =>
        RunAsync(() => new RunRequest(RecipeOptions.SampleRecipe, null, null, [], false));

    private Func<RunRequest> RequestOf(ParseResult parsed) => () =>
    {
        string? resume = parsed.GetValue(_resume);
        List<(string Key, string Value)> overrides = _recipe.OverridesOf(parsed);
        bool isNew = parsed.GetValue(_recipe.Recipe) is not null || parsed.GetValue(_out) is not null;
        if (resume is not null && (isNew || overrides.Count > 0))
        {
            throw new UsageException(
                "--resume continues a run with the recipe it was started with; leave out RECIPE, --out, --seed, "
                + "--data and --set, or start a new run.");
        }

        if (resume is not null && parsed.GetValue(_check))
        {
            throw new UsageException("--check looks at a run that is to begin; leave out --resume.");
        }

        return new RunRequest(
            _recipe.PathOf(parsed),
            parsed.GetValue(_out),
            resume,
            overrides,
            parsed.GetValue(_json),
            parsed.GetValue(_logLevel));
    };

    private Task<int> RunAsync(Func<RunRequest> make, bool isCheck = false) => Boundary.RunAsync(() =>
    {
        RunRequest request = make();
        if (request.Resume is { } folder)
        {
            return CampaignFolder.IsOne(folder)
                ? new CampaignSession(request, _time).ResumeAsync()
                : new RunSession(request, _time).RunAsync();
        }

        CampaignRecipe? campaign = RecipeReader.ReadCampaign(request.Recipe, request.Overrides);
        return (campaign, isCheck) switch
        {
            (not null, true) => Task.FromResult(CheckSession.Run(request, campaign, _time)),
            (null, true) => Task.FromResult(CheckSession.Run(request, _time)),
            (not null, false) => new CampaignSession(request, _time).RunAsync(campaign),
            _ => new RunSession(request, _time).RunAsync(),
        };
    });
}
