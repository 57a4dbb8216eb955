using System.CommandLine;
using DklActors.Host.Composition;
using DklActors.Host.Reconstructing;

namespace DklActors.Host.Commands;

/// <summary><c>dkl reconstruct</c>: the whole spectrum or pattern at every candidate from a few of them.</summary>
internal sealed class ReconstructCommand
{
    private readonly RecipeOptions _recipe = new();

    private readonly Option<string?> _fraction = new("--fraction")
    {
        Description = "Share of the candidates to measure. Default: 1%.",
        HelpName = "SHARE",
    };

    private readonly Option<int?> _measurements = new("--measurements")
    {
        Description = "Number of candidates to measure, instead of --fraction.",
        HelpName = "N",
    };

    private readonly Option<string?> _points = new("--points")
    {
        Description = $"Which to measure: {string.Join(" or ", PointChoices)}. Default: {PointChoices[0]}.",
        HelpName = "WHICH",
    };

    private readonly Option<int?> _components = new("--components")
    {
        Description = "Number of principal components. Default: those that stand out of the noise.",
        HelpName = "K",
    };

    private readonly Option<bool> _componentsOnly = new("--components-only")
    {
        Description = "Leave the frames themselves out of the archive, which components and scores give.",
    };

    private readonly Option<string?> _out = new("--out")
    {
        Description = "Folder for the results. Default: runs/<time>-reconstruct-<name>.",
        HelpName = "DIR",
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "Print one JSON object with the summary as the last line; all else goes to standard error.",
    };

    public ReconstructCommand(TimeProvider time)
    {
        Command = new Command(
            "reconstruct",
            "Predict the whole spectrum or pattern everywhere from a few of them. RECIPE may be the folder of a run.")
        {
            _recipe.Recipe, _out, _fraction, _measurements, _points, _components, _componentsOnly, _recipe.Data,
            _recipe.Seed, _recipe.Set, _json,
        };
        Command.SetAction((parsed, token) => Boundary.RunAsync(
            () => new ReconstructionSession(RequestOf(parsed), time).RunAsync(token)));
    }

    public Command Command { get; }

    private static string[] PointChoices { get; } = [.. Enum.GetValues<PointChoice>().Select(Words.Kebab)];

    private ReconstructionRequest RequestOf(ParseResult parsed)
    {
        string? points = parsed.GetValue(_points);
        var request = new ReconstructionRequest(
            _recipe.PathOf(parsed),
            _recipe.OverridesOf(parsed),
            parsed.GetValue(_out),
            AmountOf(parsed),
            ChoiceOf(points ?? PointChoices[0]),
            parsed.GetValue(_components),
            parsed.GetValue(_componentsOnly),
            parsed.GetValue(_json));
        if (request.IsRun && (request.Amount is not null || points is not null))
        {
            throw new UsageException(
                $"{request.Source} is the folder of a run, whose points are measured already; leave out --fraction, "
                + "--measurements and --points, or give a recipe.");
        }

        return request.Components is null or (>= 1 and <= 256)
            ? request
            : throw new UsageException($"--components {request.Components}: give 1 to 256, or leave it out.");
    }

    private MeasuredAmount? AmountOf(ParseResult parsed) =>
        (parsed.GetValue(_fraction), parsed.GetValue(_measurements)) switch
        {
            (null, null) => null,
            (null, { } count) => MeasuredAmount.OfPoints(count),
            ({ } fraction, null) => MeasuredAmount.OfFraction(fraction),
            _ => throw new UsageException("--fraction and --measurements both say how much to measure; give one."),
        };

    private static PointChoice ChoiceOf(string name) =>
        Enum.GetValues<PointChoice>().FirstOrDefault(choice => Words.Kebab(choice) == name) is var choice
        && choice != default
            ? choice
            : throw new UsageException($"--points {name}: choose {string.Join(" or ", PointChoices)}.");
}
