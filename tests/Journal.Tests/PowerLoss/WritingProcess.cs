using System.Collections.Immutable;
using System.Text;
using DklActors.Journal.Files;
using DklActors.Journal.Sqlite;
using DklActors.Journal.Storage;
using DklActors.Journal.Tests.Kit;
using DklActors.Messages.Events;

namespace DklActors.Journal.Tests.PowerLoss;

/// <summary>
/// A process that records frames and events as a run does, alone and in groups, and writes down what was acknowledged:
/// a line an event, in <c>acknowledged</c> beside the journal.
/// </summary>
internal static class WritingProcess
{
    public const string Acknowledged = "acknowledged";
    public const string Stream = "run";

    private const int Rounds = 60;

    // Few pages, so that checkpoints come between.
    private const int CheckpointPages = 24;

    public static async Task<int> RunAsync(string folder, int seed, bool isCareful)
    {
        var random = new Random(seed);
        using FileStream acknowledged = new(Path.Combine(folder, Acknowledged), new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 0,
        });
        var options = SqliteJournalOptions.For(Path.Combine(folder, "journal.db"), "power") with
        {
            Deadline = TimeSpan.FromMinutes(5),
            Files = isCareful ? LocalFiles.Instance : new CarelessFiles(),
            CheckpointPages = CheckpointPages,
        };
        await using SqliteEventStore store = SqliteEventStore.Open(options, TimeProvider.System);
        long sequence = 0;
        for (int round = 0; round < Rounds; round++)
        {
            List<Task<ImmutableArray<StoredEvent>>> group = [];
            for (int each = random.Next(1, 5); each > 0; each--)
            {
                AppendRequest request = RequestOf(random, sequence);
                sequence += request.Events.Length;
                group.Add(store.AppendAsync(request, CancellationToken.None));
            }

            foreach (StoredEvent stored in (await Task.WhenAll(group)).SelectMany(events => events))
            {
                acknowledged.Write(Encoding.ASCII.GetBytes($"{stored.Ordering} {stored.Checksum}\n"));
            }
        }

        return 0;
    }

    private static AppendRequest RequestOf(Random random, long sequence)
    {
        int point = (int)sequence + 1;
        if (random.Next(3) == 0)
        {
            JournalEvent[] notes = [.. Enumerable.Range(0, random.Next(1, 6)).Select(each => Samples.Note($"{each}"))];
            return new AppendRequest(Stream, sequence, [.. notes], []);
        }

        Content frame = Samples.Spectrum(random.Next(1000));
        return new AppendRequest(Stream, sequence, [Samples.Recorded(point, frame)], [frame]);
    }

    /// <summary>What must not pass: names and bytes are left to the operating system's leisure.</summary>
    private sealed class CarelessFiles : IDurableFiles
    {
        public void MakeFolder(string path) => Directory.CreateDirectory(path);

        public void Write(string path, ReadOnlySpan<byte> bytes) => File.WriteAllBytes(path, bytes.ToArray());

        public void Rename(string from, string to) => File.Move(from, to, overwrite: true);

        public void SyncFolder(string path)
        {
        }
    }
}
