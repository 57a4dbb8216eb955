using DklActors.Journal.Sqlite;
using DklActors.Reliability.Processes;

namespace DklActors.Reliability.Faults;

/// <summary>Two who think that a run is theirs.</summary>
public sealed class TwoProcessesTests : IDisposable
{
    private readonly BrokenRun _run = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(600));

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task A_second_process_on_a_run_folder_is_refused_and_the_first_goes_on()
    {
        using VictimProcess first = _run.Start();
        (await first.UntilAsync(() => _run.Register.Acknowledged > 3)).Should().BeTrue();

        // Another column: what is refused must not get as far as the beam.
        using var elsewhere = new BrokenRun(_run.Settings.Dwell, _run.Settings.Longest);
        Directory.CreateSymbolicLink(elsewhere.Folder.Run, _run.Folder.Run);
        using VictimProcess second = await elsewhere.RunAsync();
        await first.EndAsync();

        second.ExitCode.Should().Be(2);
        second.Error.Should().Contain("in use by another process");
        elsewhere.Register.Count.Should().Be(0);
        first.ExitCode.Should().Be(0, first.Error);
        _run.RequireCompletion();
        Directory.Delete(elsewhere.Folder.Run);
    }

    [Fact]
    public async Task A_second_writer_on_the_journal_ends_the_first_ones_run_safely_and_it_can_be_taken_up()
    {
        using VictimProcess first = _run.Start();
        (await first.UntilAsync(() => _run.Register.Acknowledged > 3)).Should().BeTrue();

        await using (SqliteEventStore.Open(
            SqliteJournalOptions.For(_run.Folder.Journal, "another"), TimeProvider.System))
        {
            await first.EndAsync();
        }

        first.ExitCode.Should().Be(1);
        first.Error.Should().Contain("Another process has taken up the run");
        _run.RequirePromises();

        using VictimProcess resumed = await _run.RunAsync();
        resumed.ExitCode.Should().Be(0, resumed.Error);
        _run.RequireCompletion();
    }
}
