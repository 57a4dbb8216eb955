using System.Diagnostics;
using DklActors.Journal.Sqlite;
using DklActors.Journal.Storage;
using Xunit.Abstractions;

namespace DklActors.Journal.Tests.PowerLoss;

/// <summary>
/// A real process writes a journal while every call that it makes to the disk is recorded. From the record the disk is
/// put together as it may look after the power failed at any moment, and the journal opened there.
/// </summary>
public sealed class PowerCutTests(ITestOutputHelper output) : IDisposable
{
    // DKL_POWER_CUTS=20000 makes a campaign of it.
    private static readonly int Cuts = int.TryParse(Environment.GetEnvironmentVariable("DKL_POWER_CUTS"), out int cuts)
        ? cuts
        : 100;

    private readonly string _folder = Directory.CreateTempSubdirectory("dkl-power-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [StraceTheory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Whatever_a_power_cut_leaves_holds_all_that_was_acknowledged(int seed)
    {
        List<DiskOperation> operations = Record(seed, "careful");
        int eventsFound = 0, least = int.MaxValue;

        for (int cut = 0; cut < Cuts; cut++)
        {
            (int acknowledged, int found, string? fault) = await TryAsync(operations, (seed * 100_000) + cut);
            fault.Should().BeNull("cut {0} of seed {1} came after {2} acknowledged events", cut, seed, acknowledged);
            eventsFound += found;
            least = Math.Min(least, found);
        }

        output.WriteLine($"{Cuts} cuts among {operations.Count} operations; {eventsFound} events found again.");
        operations.OfType<DiskOperation.Sync>().Count().Should().BeGreaterThan(100);
        least.Should().Be(0, "some cuts come before the first event");
    }

    [StraceTheory]
    [InlineData(3)]
    public async Task A_writer_that_does_not_wait_for_the_disk_is_found_out(int seed)
    {
        List<DiskOperation> operations = Record(seed, "careless");
        int lost = 0;
        for (int cut = 0; cut < 40; cut++)
        {
            lost += (await TryAsync(operations, (seed * 100_000) + cut)).Fault is null ? 0 : 1;
        }

        output.WriteLine($"{lost} of 40 cuts lost a frame that an event names.");
        lost.Should().BeGreaterThan(5);
    }

    private List<DiskOperation> Record(int seed, string care)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, "written")).FullName;
        string trace = Path.Combine(_folder, "trace");
        using Process process = Process.Start(new ProcessStartInfo(
            StraceTheoryAttribute.Program!,
            [
                "-f", "-qq", "-y", "-xx", "-s", "1000000", "-e", "signal=none", "-e", $"trace={TraceReader.Calls}",
                "-o", trace, "dotnet", "exec", typeof(PowerCutTests).Assembly.Location, folder, $"{seed}", care,
            ])
        {
            RedirectStandardError = true,
        })!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.Should().Be(0, "the writer must come to its end: {0}", errors);
        return TraceReader.Read(File.ReadLines(trace), folder);
    }

    /// <summary>Cuts the power somewhere, opens what is left, and says what is wrong with it.</summary>
    private async Task<(int Acknowledged, int Found, string? Fault)> TryAsync(
        List<DiskOperation> operations, int seed)
    {
        string written = Path.Combine(_folder, "written");
        string left = Path.Combine(_folder, $"left-{seed}");
        int count = new Random(seed).Next(operations.Count + 1);
        PowerCut.After(operations, count, written, seed).WriteTo(written, left);
        string[] acknowledged = AcknowledgedBefore(operations, count, written);
        try
        {
            await using SqliteEventStore store = SqliteEventStore.Open(
                SqliteJournalOptions.For(Path.Combine(left, "journal.db"), "power"), TimeProvider.System);
            StoredEvent[] found = [.. store.Read(WritingProcess.Stream)];
            string[] lines = [.. found.Select(stored => $"{stored.Ordering} {stored.Checksum}")];
            string? lost = acknowledged.Except(lines).FirstOrDefault();
            string? fault = lost is null ? store.Verify().FirstFault : $"Event {lost} was acknowledged and is lost.";
            await store.AppendAsync(
                new AppendRequest(WritingProcess.Stream, found.Length, [Kit.Samples.Note("goes on")], []),
                CancellationToken.None);
            return (acknowledged.Length, found.Length, fault);
        }
        catch (JournalException exception)
        {
            return (acknowledged.Length, 0, exception.Message);
        }
        finally
        {
            Directory.Delete(left, recursive: true);
        }
    }

    private static string[] AcknowledgedBefore(List<DiskOperation> operations, int count, string folder)
    {
        string path = Path.Combine(folder, WritingProcess.Acknowledged);
        byte[] bytes =
        [
            .. operations.Take(count).OfType<DiskOperation.Write>().Where(write => write.Path == path)
                .SelectMany(write => write.Bytes),
        ];
        return System.Text.Encoding.ASCII.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
