using DklActors.Journal.Sqlite;
using DklActors.Journal.Storage;
using DklActors.Journal.Tests.Kit;

namespace DklActors.Journal.Tests.Opening;

public sealed class OpeningTests : IDisposable
{
    private readonly JournalFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public void A_file_that_is_no_database_is_refused_and_left_as_it_is()
    {
        byte[] text = [.. Enumerable.Repeat((byte)'x', 5000)];
        File.WriteAllBytes(_file.Path, text);

        Opening().Should().Throw<JournalException>().WithMessage($"*{_file.Path} cannot be opened*not a database*");
        Verifying().Should().Throw<JournalException>().WithMessage($"*{_file.Path}*not a database*");

        File.ReadAllBytes(_file.Path).Should().Equal(text);
    }

    [Fact]
    public void Another_programs_database_is_refused_and_left_as_it_is()
    {
        _file.Tamper("CREATE TABLE samples (name TEXT); INSERT INTO samples VALUES ('silica')");
        byte[] before = File.ReadAllBytes(_file.Path);

        Opening().Should().Throw<JournalException>().WithMessage($"*{_file.Path} is not a journal of this software*");
        Verifying().Should().Throw<JournalException>().WithMessage($"*{_file.Path} is not a journal of this software*");

        File.ReadAllBytes(_file.Path).Should().Equal(before);
        Directory.GetFiles(_file.Folder).Should().ContainSingle("no write-ahead log may appear beside it");
    }

    [Fact]
    public async Task A_newer_format_is_refused_with_both_versions()
    {
        await _file.Open().DisposeAsync();
        _file.Tamper("PRAGMA user_version = 3");

        Opening().Should().Throw<JournalException>()
            .WithMessage("*format 3*formats 1 to 2*Use the version that wrote it*");
        Verifying().Should().Throw<JournalException>().WithMessage("*format 3*formats 1 to 2*");
    }

    [Fact]
    public void A_folder_and_a_path_into_nowhere_are_refused()
    {
        string nowhere = Path.Combine(_file.Folder, "missing", "journal.db");

        Opening(_file.Folder).Should().Throw<JournalException>().WithMessage($"*{_file.Folder} cannot be opened*");
        Opening(nowhere).Should().Throw<JournalException>().WithMessage($"*{nowhere} cannot be opened*");
    }

    [Theory]
    [InlineData(":memory:")]
    [InlineData("")]
    public void What_would_not_outlive_the_process_is_no_journal(string path) =>
        Opening(path).Should().Throw<JournalException>().WithMessage("*write-ahead log*name a file*");

    [Fact]
    public void Verifying_what_is_not_there_makes_nothing()
    {
        Verifying().Should().Throw<JournalException>().WithMessage($"*{_file.Path}*");

        Directory.GetFiles(_file.Folder).Should().BeEmpty();
    }

    [Fact]
    public async Task An_empty_file_becomes_a_journal()
    {
        await File.WriteAllBytesAsync(_file.Path, []);

        await using SqliteEventStore store = _file.Open();

        store.Streams.Should().BeEmpty();
        store.Verify().Should().Be(new ChainReport(0, 0, null));
    }

    [Fact]
    public async Task A_journal_is_kept_in_a_write_ahead_log()
    {
        await using SqliteEventStore store = _file.Open();

        _file.Ask<string>("PRAGMA journal_mode").Should().Be("wal");
    }

    private Action Opening(string? path = null) => () => SqliteEventStore.Open(
        SqliteJournalOptions.For(path ?? _file.Path, "tests"), TimeProvider.System);

    private Action Verifying() => () => SqliteJournalFile.Open(_file.Path).Verify();
}
