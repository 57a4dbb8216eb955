using DklActors.Host.Commands;
using DklActors.Host.Journals;
using DklActors.Host.Running;
using DklActors.Journal.Storage;

namespace DklActors.Host.Tests.Journals;

/// <summary>Whatever bytes of a journal are wrong: an error that is meant for people, or none; never a crash.</summary>
public sealed class DamagedJournalTests(FinishedRun run) : IClassFixture<FinishedRun>
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(12)]
    public async Task No_command_crashes_on_damage(int seed)
    {
        string copy = run.Copy($"damaged-{seed}");
        var dice = new Random(seed);
        Damage(Path.Combine(copy, "journal.db"), dice);

        List<string> crashes = [];
        Try("verify", () => _ = RunJournal.OpenForReading(copy).Verify());
        await TryAsync("tail", () => TailAsync(copy, new TailRequest(5, 0, [], Follow: false)));
        await TryAsync("tail all", () => TailAsync(copy, new TailRequest(null, 0, ["model-trained"], Follow: false)));
        foreach (ExportFormat format in Enum.GetValues<ExportFormat>())
        {
            Try($"export {format}", () => new JournalExport(
                new ExportRequest(copy, format, Path.Combine(copy, $"{format}"), Force: false, string.Empty)).Run());
        }

        Try("backup", () => new JournalBackup(copy, copy + "-copy").Run(CancellationToken.None));
        Try("prune", () =>
        {
            using var folder = RunFolder.OpenExisting(copy);
            JournalPrune.Remove(new JournalPrune(folder).Find());
        });
        crashes.Should().BeEmpty();
        Directory.EnumerateFiles(copy, "*.part").Should().BeEmpty("an export that failed leaves nothing");

        void Try(string what, Action action)
        {
            try
            {
                action();
            }
            catch (Exception exception) when (IsForPeople(exception))
            {
                // As it should be.
            }
            catch (Exception exception)
            {
                crashes.Add($"{what}, seed {seed}: {exception}");
            }
        }

        async Task TryAsync(string what, Func<Task> action)
        {
            try
            {
                await action();
            }
            catch (Exception exception) when (IsForPeople(exception))
            {
                // As it should be.
            }
            catch (Exception exception)
            {
                crashes.Add($"{what}, seed {seed}: {exception}");
            }
        }
    }

    [Fact]
    public void Nothing_is_pruned_while_the_journal_is_not_intact()
    {
        string copy = run.Copy("truncated");
        File.Delete(Directory.EnumerateFiles(copy, "*.model", SearchOption.AllDirectories).First());
        using var folder = RunFolder.OpenExisting(copy);

        Action find = () => new JournalPrune(folder).Find();
        find.Should().Throw<JournalException>().WithMessage("*Nothing is removed*");
    }

    private static Task TailAsync(string folder, TailRequest request) => new JournalTail(
        OpenedRun.Open(folder), request, stored => EventLine.ForPeople(stored, TimeZoneInfo.Utc), TimeProvider.System)
        .RunAsync(CancellationToken.None);

    private static bool IsForPeople(Exception exception) =>
        exception is JournalException or UsageException or IOException or UnauthorizedAccessException;

    // One of: some bytes anywhere, a page of zeros, a file cut short.
    private static void Damage(string path, Random dice)
    {
        byte[] bytes = File.ReadAllBytes(path);
        switch (dice.Next(4))
        {
            case 0:
                bytes = bytes[..dice.Next(bytes.Length)];
                break;
            case 1:
                bytes.AsSpan(4096 * dice.Next(bytes.Length / 4096), 4096).Clear();
                break;
            default:
                for (int i = 0; i < 20; i++)
                {
                    bytes[dice.Next(bytes.Length)] = (byte)dice.Next(256);
                }

                break;
        }

        File.WriteAllBytes(path, bytes);
    }
}
