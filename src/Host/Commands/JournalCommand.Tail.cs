using System.Collections.Immutable;
using System.CommandLine;
using System.Runtime.InteropServices;
using DklActors.Host.Composition;
using DklActors.Host.Journals;
using DklActors.Host.Recipes.Formats;
using DklActors.Journal.Storage;
using DklActors.Messages.Serialization;

namespace DklActors.Host.Commands;

/// <content><c>dkl journal tail</c>.</content>
internal sealed partial class JournalCommand
{
    private const int DefaultCount = 10;

    private Command Tail()
    {
        Argument<string> run = RunArgument();
        var follow = new Option<bool>("--follow", "-f")
        {
            Description = "Go on with the events to come, until the run's last event or Ctrl+C.",
        };
        var count = new Option<int?>("-n")
        {
            Description = $"Number of events. Default: {DefaultCount}, or all after --after.",
            HelpName = "N",
        };
        var after = new Option<long>("--after")
        {
            Description = "Only events after this sequence number.",
            HelpName = "SEQ",
        };
        var types = new Option<string?>("--type")
        {
            Description = "Only events of these types, such as point-scalarized,model-trained.",
            HelpName = "TYPES",
        };
        Option<bool> json = JsonOption("Print one JSON object an event.");
        var command = new Command("tail", "Show the last events of a run, one a line; the run may be going on.")
        {
            run, follow, count, after, types, json,
        };
        command.SetAction((parsed, token) => Boundary.RunAsync(() =>
        {
            long? first = parsed.GetResult(after) is null ? null : parsed.GetValue(after);
            var request = new TailRequest(
                parsed.GetValue(count) ?? (first is null ? DefaultCount : null),
                first ?? 0,
                TypesOf(parsed.GetValue(types)),
                parsed.GetValue(follow));
            return request is { Count: < 0 } or { After: < 0 }
                ? throw new UsageException("-n and --after take whole numbers from 0.")
                : TailAsync(parsed.GetValue(run)!, request, parsed.GetValue(json), token);
        }));
        return command;
    }

    private async Task<ExitCode> TailAsync(
        string run, TailRequest request, bool asJson, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using PosixSignalRegistration interrupt = OnSignal(PosixSignal.SIGINT);
        using PosixSignalRegistration terminate = OnSignal(PosixSignal.SIGTERM);
        try
        {
            await new JournalTail(OpenedRun.Open(run), request, Show, _time).RunAsync(enough.Token)
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (request.Follow)
        {
            // Ctrl+C is how one stops to look.
        }

        return ExitCode.Done;

        void Show(StoredEvent stored)
        {
            enough.Token.ThrowIfCancellationRequested();
            Console.WriteLine(
                asJson ? EventLine.ForMachines(stored) : EventLine.ForPeople(stored, _time.LocalTimeZone));
        }

        PosixSignalRegistration OnSignal(PosixSignal signal) => PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            enough.Cancel();
        });
    }

    private static ImmutableHashSet<string> TypesOf(string? text)
    {
        string[] names = text?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        foreach (string name in names)
        {
            if (!EventCatalog.Manifests.Contains(name))
            {
                string nearest = NearestName.Of(name, EventCatalog.Manifests) is { } near
                    ? $"; did you mean {near}?"
                    : $". There are {string.Join(", ", EventCatalog.Manifests.Order(StringComparer.Ordinal))}.";
                throw new UsageException($"--type {name}: there is no such event{nearest}");
            }
        }

        return [.. names];
    }
}
