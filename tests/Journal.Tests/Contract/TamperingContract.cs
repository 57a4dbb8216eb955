using DklActors.Journal.Integrity;
using DklActors.Journal.Storage;
using DklActors.Journal.Tests.Kit;

namespace DklActors.Journal.Tests.Contract;

/// <summary>Five events of one stream and one of another, and somebody who changes them.</summary>
public abstract class TamperingContract : JournalContract
{
    private protected TamperingContract(TestJournal journal)
        : base(journal)
    {
    }

    public override async Task InitializeAsync()
    {
        await using (IEventStore store = Journal.Open())
        {
            await store.AppendAsync("run", 0, "a", "b", "c", "d", "e");
        }

        await using IEventStore another = Journal.Open(stream: "another");
        await another.AppendAsync("another", 0, "f");
    }

    [ContractTheory]
    [InlineData("created = created + 1")]
    [InlineData("created = -1")]
    [InlineData("epoch = 2")]
    [InlineData("manifest = 'run-resumed'")]
    [InlineData("manifest = 'unknown'")]
    [InlineData("schema_version = schema_version + 1")]
    [InlineData("persistence_id = 'renamed'")]
    [InlineData("sequence_number = 33")]
    [InlineData("previous_hash = checksum")]
    public void A_changed_field_is_found_and_its_event_named(string change) => RequireFound(change);

    [ContractTheory]
    [InlineData("DELETE FROM journal WHERE ordering = 3", "Event 3 is missing")]
    [InlineData("DELETE FROM journal WHERE ordering = 1", "Event 1 is missing")]
    [InlineData("DELETE FROM journal WHERE persistence_id = 'run'", "Event 1 is missing")]
    [InlineData(
        """
        DELETE FROM journal WHERE ordering = 3;
        UPDATE journal SET ordering = 3, sequence_number = 3 WHERE ordering = 4;
        UPDATE journal SET ordering = 4, sequence_number = 4 WHERE ordering = 5;
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
        Journal.Tamper(sql);

        Journal.OpenForReading().Verify().FirstFault.Should().StartWith(fault);
    }

    [ContractTheory]
    [InlineData("UPDATE journal SET writer_uuid = 'somebody' WHERE ordering = 3", "Event 3 was not written by the")]
    [InlineData("UPDATE journal SET identifier = 1 WHERE ordering = 3", "Event 3 was not written*or is marked")]
    [InlineData("DELETE FROM writer", "Event 1 was not written by the writer")]
    [InlineData("DELETE FROM tags WHERE ordering_id = 3", "Event 3 and its tag")]
    [InlineData(
        "INSERT INTO tags (ordering_id, tag, sequence_nr, persistence_id) VALUES (9, 'run', 9, 'run')", "Event 9 and")]
    [InlineData("UPDATE tags SET tag = 'other' WHERE ordering_id = 3", "Event 3 and its tag")]
    [InlineData("UPDATE tags SET persistence_id = 'another' WHERE ordering_id = 3", "Event 3 and its tag")]
    public void What_the_chain_does_not_cover_is_checked_too(string sql, string fault)
    {
        Journal.Tamper(sql);

        Journal.OpenForReading().Verify().FirstFault.Should().Match(fault + "*");
    }

    [ContractFact]
    public void Who_recomputes_one_checksum_gives_himself_away_at_the_next_event()
    {
        StoredEvent[] events = [.. Journal.OpenForReading().Read("run")];
        (StoredEvent second, StoredEvent third) = (events[1], events[2]);
        byte[] message = """{"by":"intruder","reason":"c"}"""u8.ToArray();
        ContentHash forged = HashChain.Next(
            second.Checksum,
            new ChainedFields(3, "run", 3, third.Created.UtcTicks, third.Epoch, third.Manifest, third.SchemaVersion),
            message);
        Journal.Tamper($"""
            UPDATE journal SET message = {Journal.Literal(message)}, checksum = {Journal.Literal(forged.ToBytes())}
            WHERE ordering = 3;
            UPDATE journal SET previous_hash = {Journal.Literal(forged.ToBytes())} WHERE ordering = 4
            """);

        Journal.OpenForReading().Verify().FirstFault.Should().StartWith("Event 4 (run-paused) does not match");
    }

    [ContractFact]
    public async Task A_reader_meets_damage_as_damage()
    {
        await using IEventStore store = Journal.Open();
        string[] changes =
        [
            $"message = {Journal.Literal([0])}", "created = -1", "created = 9223372036854775807",
            "manifest = 'unknown'",
        ];
        foreach (string change in changes)
        {
            Journal.Tamper($"UPDATE journal SET {change} WHERE ordering = 3");

            store.Invoking(it => it.Read("run").ToList()).Should().Throw<JournalDamagedException>("of {0}", change)
                .WithMessage("Event 3: *");
        }
    }

    private protected void RequireFound(string change)
    {
        Journal.Tamper($"UPDATE journal SET {change} WHERE ordering = 3");

        ChainReport report = Journal.OpenForReading().Verify();

        report.FirstFault.Should().StartWith("Event 3 ");
        report.Events.Should().Be(2, "the events before it are sound");
    }
}
