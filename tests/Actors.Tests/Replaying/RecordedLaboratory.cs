using System.Collections.Immutable;
using DklActors.Actors.Replaying;
using DklActors.Actors.Replaying.Verification;
using DklActors.Actors.Tests.Support;
using DklActors.Journal.Sqlite;
using DklActors.Journal.Storage;
using DklActors.Learning.Linear;
using DklActors.Messages.Events;

namespace DklActors.Actors.Tests.Replaying;

/// <summary>A small run that is over, and copies of its journal in which something was altered.</summary>
internal sealed class RecordedLaboratory : IAsyncDisposable
{
    private readonly string _copies = Directory.CreateTempSubdirectory("dkl-replay-").FullName;
    private int _copy;

    public Laboratory Laboratory { get; private init; } = new();

    public ImmutableArray<StoredEvent> Events { get; private set; }

    /// <summary>Runs the laboratory to its end, on the instruction set of this machine.</summary>
    public static async Task<RecordedLaboratory> RunAsync(
        Action<Laboratory>? prepare = null, Laboratory? inside = null)
    {
        var recorded = inside is null ? new RecordedLaboratory() : new RecordedLaboratory { Laboratory = inside };
        Laboratory laboratory = recorded.Laboratory;
        laboratory.Settings = laboratory.Settings with
        {
            Provenance = laboratory.Settings.Provenance with { InstructionSet = InstructionSet.Current },
        };
        prepare?.Invoke(laboratory);
        await laboratory.RunPlannedByModelAsync();
        recorded.Events = await laboratory.ReadAsync();
        return recorded;
    }

    public RunSource Source(string? journal = null) => new(
        SqliteJournalFile.Open(journal ?? Laboratory.JournalPath),
        Laboratory.RunId,
        Laboratory.Settings,
        Laboratory.Scalarizer,
        Laboratory.CreateEngine);

    public Task<VerificationReport> VerifyAsync(string? journal = null, string? instructionSetHere = null) =>
        new RunVerifier(Source(journal), TimeProvider.System)
        {
            InstructionSetHere = instructionSetHere ?? InstructionSet.Current,
        }.VerifyAsync(CancellationToken.None);

    /// <summary>The same events in a new journal, written by the real store, each as <paramref name="alter"/> has it.
    /// </summary>
    public async Task<string> CopyAsync(Func<StoredEvent, JournalEvent> alter)
    {
        // A folder of its own, for a journal may keep its contents beside it.
        string folder = Directory.CreateDirectory(Path.Combine(_copies, $"{++_copy}")).FullName;
        string path = Path.Combine(folder, "journal.db");
        var journal = SqliteJournalFile.Open(Laboratory.JournalPath);
        await using SqliteEventStore store =
            SqliteEventStore.Open(SqliteJournalOptions.For(path, "forger"), TimeProvider.System);
        foreach (StoredEvent stored in Events)
        {
            JournalEvent altered = alter(stored);
            ImmutableArray<Content> contents =
            [
                .. NamedContent.Of(stored with { Event = altered })
                    .Select(named => new Content(named.Kind, journal.ReadContent(named.Hash))),
            ];
            await store.AppendAsync(
                new AppendRequest(Laboratory.RunId, stored.SequenceNumber - 1, [altered], contents),
                CancellationToken.None);
        }

        return path;
    }

    public StoredEvent Last<T>(Func<T, bool>? where = null)
        where T : JournalEvent => Events.Last(stored => stored.Event is T like && where?.Invoke(like) != false);

    public async ValueTask DisposeAsync()
    {
        await Laboratory.DisposeAsync();
        Directory.Delete(_copies, recursive: true);
    }
}
