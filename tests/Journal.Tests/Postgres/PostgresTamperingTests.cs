using DklActors.Journal.Tests.Contract;
using DklActors.Journal.Tests.Kit;
using DklActors.Support.Postgres;

namespace DklActors.Journal.Tests.Postgres;

[Collection(PostgresServer.Collection)]
public sealed class PostgresTamperingTests(PostgresServer server) : TamperingContract(new PostgresTestJournal(server))
{
    [PostgresTheory]
    [InlineData(@"message = convert_to(replace(convert_from(message, 'UTF8'), 'operator', 'intruder'), 'UTF8')")]
    [InlineData(@"message = message || '\x20'::bytea")]
    [InlineData("message = ''")]
    [InlineData(@"message = '\x00'")]
    [InlineData("checksum = decode(repeat('00', 32), 'hex')")]
    [InlineData("checksum = ''")]
    [InlineData("previous_hash = decode(repeat('00', 32), 'hex')")]
    public void A_changed_value_is_found_and_its_event_named(string change) => RequireFound(change);

    [PostgresTheory]
    [InlineData(
        "DELETE FROM tags WHERE ordering_id = 6; DELETE FROM journal WHERE ordering = 6", "The head names*is 5*")]
    [InlineData("TRUNCATE journal, tags", "The head names event 6*which is 0*")]
    [InlineData("UPDATE journal_head SET ordering = 7", "The head names event 7*")]
    [InlineData("UPDATE journal_head SET checksum = ''", "The head names event 6*another checksum*")]
    public void An_end_that_was_cut_off_is_found_by_the_head(string sql, string fault)
    {
        Journal.Tamper(sql);

        Journal.OpenForReading().Verify().FirstFault.Should().Match(fault);
    }

    [PostgresFact]
    public void An_event_of_another_run_that_this_version_does_not_know_is_chained_all_the_same()
    {
        // As a daemon of a later version would have written it.
        byte[] previous = Journal.Ask<byte[]>("SELECT checksum FROM journal_head");
        byte[] message = "{}"u8.ToArray();
        var fields = new Integrity.ChainedFields(7, "another", 2, 0, 1, "unheard-of", 1);
        string checksum = Journal.Literal(
            Integrity.HashChain.Next(Storage.ContentHash.From(previous), fields, message).ToBytes());
        Journal.Tamper($"""
            INSERT INTO journal (ordering, persistence_id, sequence_number, created, message, manifest, writer_uuid,
                                 epoch, schema_version, checksum, previous_hash)
            VALUES (7, 'another', 2, 0, {Journal.Literal(message)}, 'unheard-of', 'tests', 1, 1,
                    {checksum}, {Journal.Literal(previous)});
            UPDATE journal_head SET ordering = 7, checksum = {checksum}
            """);

        Journal.OpenForReading().Verify().Should().Be(new Storage.ChainReport(7, 0, null));
    }
}
