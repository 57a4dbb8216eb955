using System.Security.Cryptography;
using System.Text;
using DklActors.Host.Commands;
using DklActors.Host.Recipes;
using DklActors.Host.Recipes.Documents;
using DklActors.Host.Recipes.Formats;
using DklActors.Host.Recipes.Keys;
using DklActors.Host.Recipes.Sections;
using DklActors.Journal.Files;
using DklActors.Journal.Postgres;
using DklActors.Journal.Sqlite;
using DklActors.Journal.Storage;

namespace DklActors.Host.Running;

/// <summary>The one place that opens the journal of a run, wherever it is kept.</summary>
internal static class RunJournal
{
    /// <summary>Environment variable that stands in for <c>journal.connection</c>; never written anywhere.</summary>
    public const string ConnectionVariable = "DKL_JOURNAL_CONNECTION";

    /// <summary>Opens the journal of the run in a folder to read from; the run may be going on.</summary>
    /// <remarks>A shared journal has the streams of other runs too: <see cref="RunIdIn"/> names this run's.</remarks>
    /// <exception cref="UsageException">There is no run.</exception>
    /// <exception cref="JournalException">The journal cannot be read.</exception>
    public static IJournalReader OpenForReading(string folder)
    {
        string full = Existing(folder);
        JournalSection place = PlaceIn(full);
        return place.Store == JournalStore.Postgresql
            ? PostgresJournal.Open(
                ConnectionOf(place),
                RunIdIn(full) ?? throw new UsageException($"{folder} has no run.id, so that its events cannot be told "
                    + "from those of other runs; restore the file from a copy of the folder."),
                full)
            : SqliteJournalFile.Open(RunFolder.JournalIn(full));
    }

    /// <summary>Whether the journal of the run in a folder is a file of that folder.</summary>
    /// <exception cref="UsageException">There is no run.</exception>
    public static bool IsInFolder(string folder) => PlaceIn(Existing(folder)).Store == JournalStore.Sqlite;

    /// <summary>The name of the run in a folder, which is that of its stream; null where it has no event yet.</summary>
    /// <exception cref="UsageException">There is no run.</exception>
    /// <exception cref="JournalException">The journal cannot be read.</exception>
    public static string? RunIdIn(string folder)
    {
        string full = Existing(folder);
        string named = RunFolder.RunIdFileIn(full);
        return File.Exists(named)
            ? File.ReadAllText(named).Trim()
            : SqliteJournalFile.Open(RunFolder.JournalIn(full)).Streams.FirstOrDefault();
    }

    /// <summary>The events of the run in a folder; none where it has not begun.</summary>
    /// <exception cref="JournalException">The journal cannot be read.</exception>
    public static IEnumerable<StoredEvent> EventsIn(string folder)
    {
        if (!RunFolder.HoldsRun(folder) || RunIdIn(folder) is not { } stream)
        {
            return [];
        }

        // A name that is durable and a journal that is not yet there: it was killed in between.
        return IsInFolder(folder) && !File.Exists(RunFolder.JournalIn(folder))
            ? []
            : OpenForReading(folder).Read(stream);
    }

    /// <summary>Opens the journal to begin the run in a folder, or to go on with it.</summary>
    /// <returns>The store, to dispose of, and the name of the run, which <see cref="Begin"/> makes durable.</returns>
    /// <exception cref="JournalException">The journal cannot be opened.</exception>
    public static (IEventStore Store, string RunId) OpenForWriting(
        RunFolder folder, Recipe recipe, IDurableFiles files, TimeProvider time)
    {
        string writer = $"{Environment.MachineName}/{Environment.ProcessId}";
        string named = RunFolder.RunIdFileIn(folder.Root);
        string? begun = File.Exists(named) ? File.ReadAllText(named).Trim() : null;
        string fresh = $"{recipe.Name}-{time.GetUtcNow():yyyyMMddTHHmmssZ}";
        if (recipe.Journal.Store == JournalStore.Sqlite)
        {
            var file = SqliteEventStore.Open(
                SqliteJournalOptions.For(folder.Journal, writer) with { Files = files }, time);
            return (file, begun ?? file.Streams.FirstOrDefault() ?? fresh);
        }

        // Another daemon may begin the same recipe in the same second.
        string runId = begun ?? $"{fresh}-{MarkOf($"{writer} {folder.Root}")}";
        var options = new PostgresJournalOptions(
            ConnectionOf(recipe.Journal), runId, folder.Root, writer, PostgresJournalOptions.DefaultDeadline)
        {
            Files = files,
        };
        return (PostgresEventStore.Open(options, time), runId);
    }

    /// <summary>
    /// Makes the name of a run durable: after its journal was opened, so that one that cannot be leaves no run behind,
    /// and before its first event.
    /// </summary>
    /// <exception cref="IOException">No space, or the device refused.</exception>
    public static void Begin(RunFolder folder, string runId)
    {
        string named = RunFolder.RunIdFileIn(folder.Root);
        if (!File.Exists(named))
        {
            DurableFile.Write(named, Encoding.UTF8.GetBytes(runId + "\n"));
        }
    }

    /// <summary>Says at once where nothing tells which database is meant.</summary>
    /// <exception cref="UsageException">Neither recipe nor environment do.</exception>
    public static void RequirePlace(JournalSection place)
    {
        if (place.Store == JournalStore.Postgresql)
        {
            ConnectionOf(place);
        }
    }

    private static string ConnectionOf(JournalSection place) =>
        Environment.GetEnvironmentVariable(ConnectionVariable) is { Length: > 0 } given
            ? given
            : place.Connection ?? throw new UsageException(
                $"journal.store is postgresql, and nothing says where: write {RecipeKeys.JournalConnection.Path} into "
                + $"the recipe, or set {ConnectionVariable}.");

    private static string Existing(string folder)
    {
        string full = Path.GetFullPath(folder);
        return RunFolder.HoldsRun(full)
            ? full
            : throw new UsageException(
                $"{folder} holds no run: it has neither run.id nor journal.db. Give the folder of a run.");
    }

    // Of the recipe, only the journal's own keys are needed: whatever else it names may be out of reach by now.
    private static JournalSection PlaceIn(string folder)
    {
        string path = RunFolder.RecipeIn(folder);
        if (!File.Exists(path))
        {
            return new JournalSection(JournalStore.Sqlite, null);
        }

        RecipeDocument document = RecipeParser.Parse(path, RecipeFile.ReadText(path));
        if (document.Errors.Count > 0)
        {
            throw new RecipeException(document.Errors);
        }

        string store = TextOf(RecipeKeys.JournalStore) ?? RecipeKeys.JournalStore.Default!;
        Parsed<JournalStore> parsed = RecipeKeys.JournalStore.Format.Parse(store);
        return parsed.IsGood
            ? new JournalSection(parsed.Value, TextOf(RecipeKeys.JournalConnection))
            : throw new UsageException($"{path}: {RecipeKeys.JournalStore.Path}: {parsed.Problem}; {parsed.Remedy}.");

        string? TextOf(RecipeKey key) => document.Entries.GetValueOrDefault(key.Path)?.Text;
    }

    private static string MarkOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..8];
}
