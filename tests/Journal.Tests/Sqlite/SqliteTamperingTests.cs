using DklActors.Journal.Sqlite;
using DklActors.Journal.Storage;
using DklActors.Journal.Tests.Contract;
using DklActors.Journal.Tests.Kit;

namespace DklActors.Journal.Tests.Sqlite;

/// <summary>What only SQLite's columns let happen, and damage to the file itself.</summary>
public sealed class SqliteTamperingTests : TamperingContract
{
    private readonly JournalFile _file;

    public SqliteTamperingTests()
        : this(new JournalFile())
    {
    }

    private SqliteTamperingTests(JournalFile file)
        : base(file) => _file = file;

    [Theory]
    [InlineData("message = CAST(replace(message, 'operator', 'intruder') AS BLOB)")]
    [InlineData("message = CAST(message || ' ' AS BLOB)")]
    [InlineData("message = x''")]
    [InlineData("message = x'00'")]
    [InlineData("created = 'yesterday'")]
    [InlineData("checksum = zeroblob(32)")]
    [InlineData("checksum = x''")]
    [InlineData("checksum = 'text'")]
    [InlineData("previous_hash = zeroblob(32)")]
    public void A_changed_value_of_any_type_is_found_and_its_event_named(string change) => RequireFound(change);

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
