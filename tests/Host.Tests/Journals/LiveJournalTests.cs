using DklActors.Host.Tests.EndToEnd;
using DklActors.Messages.Events;

namespace DklActors.Host.Tests.Journals;

/// <summary>What works while the run goes on.</summary>
public sealed class LiveJournalTests
{
    [Fact]
    public async Task A_run_is_followed_verified_copied_and_exported_while_it_goes_on()
    {
        using var folder = new RunFolderOnDisk();
        using DklProcess run = DklProcess.Start(folder.Parent, "run", folder.WriteSlowRecipe(), "--out", folder.Run);
        await folder.WaitForAsync<FrameRecorded>(3);
        using DklProcess follow = DklProcess.Start(
            folder.Parent, "journal", "tail", folder.Run, "--follow", "-n", "1", "--type",
            "point-scalarized,experiment-completed");
        string copy = Path.Combine(folder.Parent, "copy");

        using DklProcess backup = await DklProcess.RunAsync(
            folder.Parent, "journal", "backup", folder.Run, copy, "--json");
        backup.ExitCode.Should().Be(0, backup.Error + backup.Out);
        using DklProcess verify = await DklProcess.RunAsync(folder.Parent, "journal", "verify", folder.Run);
        verify.ExitCode.Should().Be(0, verify.Error + verify.Out);
        using DklProcess export = await DklProcess.RunAsync(
            folder.Parent, "journal", "export", copy, "--format", "bluesky");
        export.Out.Should().Contain("no stop, since the run has not ended");
        using DklProcess prune = await DklProcess.RunAsync(folder.Parent, "journal", "prune", folder.Run, "--dry-run");
        prune.ExitCode.Should().Be(2);

        await run.EndAsync();
        run.ExitCode.Should().Be(0, run.Error);
        await follow.EndAsync();
        follow.ExitCode.Should().Be(0, follow.Error);
        string[] lines = follow.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[^1].Should().Contain("experiment-completed");
        lines.Should().HaveCountGreaterThan(5).And.OnlyHaveUniqueItems();

        using DklProcess later = await DklProcess.RunAsync(
            folder.Parent, "journal", "backup", folder.Run, copy, "--json");
        later.ExitCode.Should().Be(0, later.Error);
        later.Summary.GetProperty("kept").GetInt32()
            .Should().BeGreaterThanOrEqualTo(backup.Summary.GetProperty("copied").GetInt32());
        later.Summary.GetProperty("events").GetInt32()
            .Should().BeGreaterThan(backup.Summary.GetProperty("events").GetInt32());
    }

    [Fact]
    public async Task Ctrl_C_ends_the_following_in_peace()
    {
        using var folder = new RunFolderOnDisk();
        using DklProcess run = DklProcess.Start(folder.Parent, "run", folder.WriteSlowRecipe(), "--out", folder.Run);
        await folder.WaitForAsync<FrameRecorded>(1);
        await run.KillAsync();
        using DklProcess follow = DklProcess.Start(folder.Parent, "journal", "tail", folder.Run, "--follow");
        while (follow.Out.Length == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        await follow.SignalAsync("INT");
        await follow.EndAsync();
        follow.ExitCode.Should().Be(0, follow.Error);
        follow.Error.Should().BeEmpty();
    }
}
