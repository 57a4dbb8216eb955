using System.CommandLine;
using System.Text.Json;
using DklActors.Host.Remote;

namespace DklActors.Host.Commands;

/// <summary><c>dkl status</c>, <c>dkl pause</c> and so on: what a person asks of a daemon that runs.</summary>
internal sealed class RemoteCommands
{
    private readonly RemoteOptions _remote = new();
    private readonly RecipeOptions _recipe = new();

    private readonly Argument<string> _id = new("ID") { Description = "The experiment, as 'dkl status' lists it." };

    private readonly Argument<string?> _anyId = new("ID")
    {
        Description = "One experiment. Without it: the daemon and all it has.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Argument<string> _text = new("TEXT") { Description = "What is to be in the journal." };

    private readonly Argument<string> _path = new("RECIPE") { Description = "The recipe (YAML)." };

    private readonly Option<string?> _instrument = new("--instrument")
    {
        Description = "Whose queue it waits in. Default: that of the recipe's microscope.",
        HelpName = "NAME",
    };

    private readonly Option<bool> _hard = new("--hard")
    {
        Description = "Blank now: the point under way is given up and measured again.",
    };

    private readonly Option<string?> _reason = new("--reason")
    {
        Description = "Why, for the journal.",
        HelpName = "TEXT",
    };

    private readonly Option<bool> _takeOver = new("--take-over")
    {
        Description = "Take the seat from whoever has it; they see it, and the journal says so.",
    };

    private readonly Option<bool> _campaign = new("--campaign")
    {
        Description = "ID is a campaign: its region under way is meant, or all that waits.",
    };

    /// <summary>All of them.</summary>
    public IEnumerable<Command> Commands =>
    [
        Make("status", "Show what a daemon is doing.", [_anyId], [_campaign], StatusAsync),
        Make("trainers", "List the trainer nodes of a daemon.", [], [], TrainersAsync),
        Make("submit", "Queue an experiment at a daemon.", [_path],
            [_recipe.Set, _instrument, _takeOver, _reason], SubmitAsync),
        Make("pause", "Hold exposures back, from the next point on or at once.", [_id],
            [_campaign, _hard, _reason],
            (daemon, parsed, token) => ActAsync(
                daemon, parsed, "pause",
                new { mode = parsed.GetValue(_hard) ? "hard" : "soft", reason = parsed.GetValue(_reason) }, token)),
        FromSeat("resume", "Let an experiment that is held go on."),
        FromSeat("stop", "End an experiment after the point under way."),
        AtOnce("abort", "Blank the beam and end an experiment now, with its report."),
        AtOnce("halt", "Blank the beam and end an experiment now, and nothing else."),
        FromSeat("continue", "Queue an experiment that has ended again, to go on where it was."),
        Make("cancel", "Take an experiment out of the queue.", [_id], [_campaign, _takeOver, _reason], CancelAsync),
        Make("note", "Write a note into the journal of an experiment.", [_id, _text], [_takeOver, _reason], NoteAsync),
    ];

    private Command FromSeat(string name, string description) => Make(
        name, description, [_id], [_campaign, _reason, _takeOver],
        async (daemon, parsed, token) =>
        {
            await using HeldSeat seat = await SeatAsync(daemon, parsed, token).ConfigureAwait(false);
            return await ActAsync(daemon, parsed, name, ReasonOf(parsed), token).ConfigureAwait(false);
        });

    private Command AtOnce(string name, string description) => Make(
        name, description, [_id], [_campaign, _reason],
        (daemon, parsed, token) => ActAsync(daemon, parsed, name, ReasonOf(parsed), token));

    private Command Make(
        string name,
        string description,
        IEnumerable<Argument> arguments,
        IEnumerable<Option> options,
        Func<DaemonClient, ParseResult, CancellationToken, Task<string?>> act)
    {
        var command = new Command(name, description);
        foreach (Argument argument in arguments)
        {
            command.Add(argument);
        }

        foreach (Option option in options)
        {
            command.Add(option);
        }

        _remote.AddTo(command);
        command.SetAction((parsed, token) => Boundary.RunAsync(async () =>
        {
            using var daemon = new DaemonClient(_remote.AddressOf(parsed));
            if (await act(daemon, parsed, token).ConfigureAwait(false) is { } said)
            {
                Console.WriteLine(said);
            }

            return ExitCode.Done;
        }));
        return command;
    }

    private async Task<string?> StatusAsync(DaemonClient daemon, ParseResult parsed, CancellationToken token)
    {
        string? id = parsed.GetValue(_anyId);
        JsonElement answer = await daemon.GetAsync(id is null ? "daemon" : PathOf(parsed, id), token)
            .ConfigureAwait(false);
        if (parsed.GetValue(_remote.Json))
        {
            return answer.GetRawText();
        }

        if (id is null)
        {
            StatusText.PrintDaemon(answer, _remote.AddressOf(parsed).Url);
        }
        else if (parsed.GetValue(_campaign))
        {
            StatusText.PrintCampaign(answer);
        }
        else
        {
            StatusText.PrintExperiment(answer);
        }

        return null;
    }

    private async Task<string?> TrainersAsync(DaemonClient daemon, ParseResult parsed, CancellationToken token)
    {
        JsonElement answer = await daemon.GetAsync("trainers", token).ConfigureAwait(false);
        if (parsed.GetValue(_remote.Json))
        {
            return answer.GetRawText();
        }

        TrainersText.Print(answer);
        return null;
    }

    private async Task<string?> SubmitAsync(DaemonClient daemon, ParseResult parsed, CancellationToken token)
    {
        string path = parsed.GetValue(_path)!;
        string recipe = File.Exists(path)
            ? await File.ReadAllTextAsync(path, token).ConfigureAwait(false)
            : throw new UsageException($"There is no recipe {path}.");
        Dictionary<string, string> set = [];
        foreach ((string key, string value) in _recipe.ChangesOf(parsed))
        {
            set[key] = value;
        }

        await using HeldSeat seat = await SeatAsync(daemon, parsed, token).ConfigureAwait(false);
        JsonElement answer = await daemon.PostAsync(
            "experiments", new { recipe, set, instrument = parsed.GetValue(_instrument) }, token).ConfigureAwait(false);
        return parsed.GetValue(_remote.Json) ? answer.GetRawText()
            : answer.Text("campaign") is { } campaign
                ? $"{campaign}: a campaign, of which {answer.Text("id")} is the first region."
            : answer.Number("position") is { } position
                ? $"{answer.Text("id")}: queued, number {position} for {answer.Text("instrument")}."
                : $"{answer.Text("id")}: {answer.Text("phase")}.";
    }

    private async Task<string?> CancelAsync(DaemonClient daemon, ParseResult parsed, CancellationToken token)
    {
        string id = parsed.GetValue(_id)!;
        await using HeldSeat seat = await SeatAsync(daemon, parsed, token).ConfigureAwait(false);
        await daemon.DeleteAsync(PathOf(parsed, id), token).ConfigureAwait(false);
        return parsed.GetValue(_remote.Json) ? "{}" : $"{id}: taken out of the queue.";
    }

    private async Task<string?> NoteAsync(DaemonClient daemon, ParseResult parsed, CancellationToken token)
    {
        await using HeldSeat seat = await SeatAsync(daemon, parsed, token).ConfigureAwait(false);
        return await ActAsync(daemon, parsed, "notes", new { text = parsed.GetValue(_text) }, token)
            .ConfigureAwait(false);
    }

    private async Task<string?> ActAsync(
        DaemonClient daemon, ParseResult parsed, string verb, object body, CancellationToken token)
    {
        string id = parsed.GetValue(_id)!;
        JsonElement answer = await daemon.PostAsync($"{PathOf(parsed, id)}/{verb}", body, token).ConfigureAwait(false);
        return parsed.GetValue(_remote.Json) ? answer.GetRawText()
            : answer.Number("sequence") is { } sequence && answer.Text("id") is null
                ? $"{id}: {parsed.CommandResult.Command.Name}, journaled as event {sequence}."
            : $"{id}: {parsed.CommandResult.Command.Name}, {answer.Text("phase")}.";
    }

    private Task<HeldSeat> SeatAsync(DaemonClient daemon, ParseResult parsed, CancellationToken token) =>
        HeldSeat.TakeAsync(daemon, parsed.GetValue(_takeOver), parsed.GetValue(_reason), token);

    private object ReasonOf(ParseResult parsed) => new { reason = parsed.GetValue(_reason) };

    private string PathOf(ParseResult parsed, string id) =>
        $"{(parsed.GetValue(_campaign) ? "campaigns" : "experiments")}/{Uri.EscapeDataString(id)}";
}
