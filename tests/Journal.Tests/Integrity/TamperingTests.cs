using DklActors.Journal.Integrity;
using DklActors.Journal.Sqlite;
using DklActors.Journal.Storage;
using DklActors.Journal.Tests.Kit;

namespace DklActors.Journal.Tests.Integrity;

public sealed class TamperingTests : IAsyncLifetime, IDisposable
{
    private readonly JournalFile _file = new();

    public async Task InitializeAsync()
    {
        await using SqliteEventStore store = _file.Open();
        await store.AppendAsync("run", 0, "a", "b", "c", "d", "e");
        await store.AppendAsync("another", 0, "f");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData("message = CAST(replace(message, 'operator', 'intruder') AS BLOB)")]
    [InlineData("message = CAST(message || ' ' AS BLOB)")]
    [InlineData("message = x''")]
    [InlineData("message = x'00'")]
    [InlineData("created = created + 1")]
    [InlineData("created = -1")]
    [InlineData("created = 'yesterday'")]
    [InlineData("epoch = 2")]
    [InlineData("manifest = 'run-resumed'")]
    [InlineData("manifest = 'unknown'")]
    [InlineData("schema_version = 2")]
    [InlineData("persistence_id = 'renamed'")]
    [InlineData("sequence_number = 33")]
    [InlineData("checksum = zeroblob(32)")]
    [InlineData("checksum = x''")]
    [InlineData("checksum = 'text'")]
    [InlineData("previous_hash = zeroblob(32)")]
    [InlineData("previous_hash = checksum")]
    public void A_changed_field_is_found_and_its_event_named(string change)
    {
        _file.Tamper($"UPDATE journal SET {change} WHERE ordering = 3");

        ChainReport report = SqliteJournalFile.Open(_file.Path).Verify();

        report.FirstFault.Should().StartWith("Event 3 ");
        report.Events.Should().Be(2, "the events before it are sound");
    }

    [Theory]
    [InlineData("DELETE FROM journal WHERE ordering = 3", "Event 3 is missing")]
    [InlineData("DELETE FROM journal WHERE ordering = 1", "Event 1 is missing")]
    [InlineData("DELETE FROM journal WHERE persistence_id = 'run'", "Event 1 is missing")]
    [InlineData(
        """
        DELETE FROM journal WHERE ordering = 3;
        UPDATE journal SET ordering = ordering - 1, sequence_number = sequence_number - 1 WHERE ordering IN (4, 5);
        UPDATE journal SET ordering = 5 WHERE ordering = 6
        """,
        "Event 3 ")]
    [InlineData(
        """
        UPDATE journal SET ordering = -1 WHERE ordering = 3; UPDATE journal SET ordering = 3 WHERE ordering = 4;
        UPDATE journal SET ordering = 4 WHERE ordering = -1
        """,
        "Event 3 is number 4 of stream 'run'; expected 3")]
    [InlineData(
        """
        UPDATE journal SET ordering = -1, sequence_number = -1 WHERE ordering = 3;
        UPDATE journal SET ordering = 3, sequence_number = 3 WHERE ordering = 4;
        UPDATE journal SET ordering = 4, sequence_number = 4 WHERE ordering = -1
        """,
        "Event 3 ")]
    [InlineData(
        """
        INSERT INTO journal SELECT ordering + 1, persistence_id, sequence_number + 1, created, message, identifier,
            manifest, writer_uuid, deleted, epoch, schema_version, checksum, checksum
        FROM journal WHERE ordering = 6
        """,
        "Event 7 ")]
    [InlineData(
        """
        INSERT INTO journal SELECT 0, 'other', 1, created, message, identifier,
            manifest, writer_uuid, deleted, epoch, schema_version, checksum, previous_hash
        FROM journal WHERE ordering = 1
        """,
        "Event 1 is missing: in its place comes 0")]
    public void A_missing_moved_or_added_event_is_found(string sql, string fault)
    {
        _file.Tamper(sql);

        SqliteJournalFile.Open(_file.Path).Verify().FirstFault.Should().StartWith(fault);
    }

    [Fact]
    public async Task Who_recomputes_one_checksum_gives_himself_away_at_the_next_event()
    {
        StoredEvent third, second;
        await using (SqliteEventStore store = _file.Open())
        {
            (second, third) = (store.Read("run").ElementAt(1), store.Read("run").ElementAt(2));
        }

        byte[] message = """{"by":"intruder","reason":"c"}"""u8.ToArray();
        ContentHash forged = HashChain.Next(
            second.Checksum,
            new ChainedFields(3, "run", 3, third.Created.UtcTicks, third.Epoch, third.Manifest, third.SchemaVersion),
            message);
        _file.Tamper($"""
            UPDATE journal SET message = x'{Convert.ToHexString(message)}', checksum = x'{forged}' WHERE ordering = 3;
            UPDATE journal SET previous_hash = x'{forged}' WHERE ordering = 4
            """);

        SqliteJournalFile.Open(_file.Path).Verify().FirstFault.Should().StartWith("Event 4 (run-paused) does not match");
    }

    [Fact]
    public async Task A_reader_meets_damage_as_damage()
    {
        await using SqliteEventStore store = _file.Open();
        string[] changes = ["message = x'00'", "created = -1", "created = 9223372036854775807", "manifest = 'unknown'"];
        foreach (string change in changes)
        {
            _file.Tamper($"UPDATE journal SET {change} WHERE ordering = 3");

            store.Invoking(it => it.Read("run").ToList()).Should().Throw<JournalDamagedException>("of {0}", change)
                .WithMessage("Event 3: *");
        }
    }

    [Fact]
    public async Task Any_byte_of_the_file_may_be_wrong_and_nothing_but_a_journal_error_comes_of_it()
    {
        byte[] whole = File.ReadAllBytes(_file.Path);
        string copy = Path.Combine(_file.Folder, "flipped.db");
        var random = new Random(20_260_102);
        int found = 0;
        for (int trial = 0; trial < 300; trial++)
        {
            byte[] damaged = [.. whole];
            for (int flips = 0; flips < 20; flips++)
            {
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            }

            await File.WriteAllBytesAsync(copy, damaged);
            Exception? thrown = Record.Exception(() =>
            {
                found += SqliteJournalFile.Open(copy).Verify().IsIntact ? 0 : 1;
            });

            (thrown is null or JournalException).Should().BeTrue("trial {0} must not throw {1}", trial, thrown);
            found += thrown is null ? 0 : 1;
        }

        found.Should().BeGreaterThan(50, "the flips must have met the events now and then");
    }
}
