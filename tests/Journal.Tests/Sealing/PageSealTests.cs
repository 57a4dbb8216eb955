using DklActors.Journal.Sqlite;
using DklActors.Journal.Storage;
using DklActors.Journal.Tests.Kit;

namespace DklActors.Journal.Tests.Sealing;

public sealed class PageSealTests : IDisposable
{
    private readonly JournalFile _file = new();

    private string Seal => _file.Path + ".seal";

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_flipped_bit_anywhere_in_a_closed_journal_is_found_and_located()
    {
        await WriteAsync();
        byte[] sound = File.ReadAllBytes(_file.Path);
        string copy = Path.Combine(_file.Folder, "copy.db");
        File.Copy(Seal, copy + ".seal");
        int byChain = 0, bySeal = 0;
        for (long bit = 0; bit < 8L * sound.Length; bit += 1499)
        {
            byte[] flipped = [.. sound];
            flipped[bit / 8] ^= (byte)(1 << (int)(bit % 8));
            File.WriteAllBytes(copy, flipped);

            string? fault = FaultOf(copy);

            fault.Should().NotBeNull("bit {0} of byte {1} is wrong", bit % 8, bit / 8);
            bySeal += fault!.Contains($"in bytes {bit / 8 / 4096 * 4096} to") ? 1 : 0;
            byChain += fault.StartsWith("Event ", StringComparison.Ordinal) ? 1 : 0;
        }

        byChain.Should().BePositive("the chain names the event");
        bySeal.Should().BePositive("the seal finds what nothing else covers, and names the page");
    }

    [Fact]
    public async Task There_is_a_seal_while_nobody_writes_and_none_meanwhile()
    {
        await WriteAsync();
        File.Exists(Seal).Should().BeTrue();
        await using (SqliteEventStore store = _file.Open())
        {
            File.Exists(Seal).Should().BeFalse();
            await store.AppendAsync("run", 2, "c");
            FaultOf(_file.CopyAsLeftByAPowerCut()).Should().BeNull("after a crash there is none, and none is missed");
        }

        File.Exists(Seal).Should().BeTrue();
        FaultOf(_file.Path).Should().BeNull();
    }

    [Fact]
    public async Task A_writer_that_was_fenced_off_seals_nothing()
    {
        SqliteEventStore first = _file.Open();
        await first.AppendAsync("run", 0, "a");
        await using SqliteEventStore second = _file.Open();
        await second.AppendAsync("run", 1, "b");

        await first.DisposeAsync();

        File.Exists(Seal).Should().BeFalse();
        second.Verify().FirstFault.Should().BeNull();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(40)]
    [InlineData(-1)]
    public async Task A_seal_that_is_damaged_says_so(int at)
    {
        await WriteAsync();
        byte[] seal = File.ReadAllBytes(Seal);
        seal[at < 0 ? seal.Length + at : at] ^= 4;
        File.WriteAllBytes(Seal, seal);

        FaultOf(_file.Path).Should().Contain("seal").And.Contain("damaged itself");
    }

    [Fact]
    public async Task What_was_added_behind_the_journals_back_is_found()
    {
        await WriteAsync();
        File.AppendAllBytes(_file.Path, new byte[4096]);

        FaultOf(_file.Path).Should().Contain("has another length now");
    }

    private async Task WriteAsync()
    {
        await using SqliteEventStore store = _file.Open();
        await store.AppendAsync("run", 0, "a", "b");
    }

    private static string? FaultOf(string path)
    {
        try
        {
            return SqliteJournalFile.Open(path).Verify().FirstFault;
        }
        catch (JournalException exception)
        {
            return exception.Message;
        }
    }
}
