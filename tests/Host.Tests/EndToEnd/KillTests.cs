using System.Text.Json;
using DklActors.Messages.Events;

namespace DklActors.Host.Tests.EndToEnd;

/// <summary>kill -9 in the middle, at different moments, and then again while it is being resumed.</summary>
public sealed class KillTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    public async Task A_killed_run_is_resumed_to_the_same_number_of_points_none_twice_chain_intact(int frames)
    {
        using var folder = new RunFolderOnDisk();
        using DklProcess killed = DklProcess.Start(
            folder.Parent, "run", folder.WriteSlowRecipe(), "--out", folder.Run, "--json");
        await folder.WaitForAsync<FrameRecorded>(frames);
        await killed.KillAsync();
        IReadOnlyList<JournalEvent> before = folder.Events();
        before.OfType<ExperimentCompleted>().Should().BeEmpty("it was killed in the middle");

        using DklProcess killedAgain = DklProcess.Start(folder.Parent, "run", "--resume", folder.Run, "--json");
        await folder.WaitForAsync<FrameRecorded>(frames + 2);
        await killedAgain.KillAsync();

        using DklProcess resumed = await DklProcess.RunAsync(folder.Parent, "run", "--resume", folder.Run, "--json");

        resumed.ExitCode.Should().Be(0, resumed.Error);
        JsonElement summary = resumed.Summary;
        summary.GetProperty("points").GetInt32().Should().Be(RunFolderOnDisk.SlowPoints);
        summary.GetProperty("measurementsRepeated").GetInt32().Should().Be(0);
        summary.GetProperty("journal").GetProperty("intact").GetBoolean().Should().BeTrue();
        folder.Events().Take(before.Count).Select(Messages.Serialization.EventJson.Write)
            .Should().BeEquivalentTo(
                before.Select(Messages.Serialization.EventJson.Write),
                options => options.WithStrictOrdering(),
                "what was acknowledged is still there");
        folder.Events().OfType<FrameRecorded>().Select(frame => frame.Point).Should().OnlyHaveUniqueItems();
        folder.Events().OfType<FrameRecorded>().Select(frame => frame.Patch).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task A_completed_run_is_shown_again_by_resume_and_measures_nothing()
    {
        using var folder = new RunFolderOnDisk();
        using DklProcess first = await DklProcess.RunAsync(
            folder.Parent, "run", folder.WriteRecipe(), "--out", folder.Run, "--json");
        File.Delete(Path.Combine(folder.Run, "summary.json"));

        using DklProcess again = await DklProcess.RunAsync(folder.Parent, "run", "--resume", folder.Run, "--json");

        again.ExitCode.Should().Be(0, again.Error);
        again.Summary.GetProperty("rmse").GetDouble().Should().Be(first.Summary.GetProperty("rmse").GetDouble());
        again.Summary.GetProperty("journal").GetProperty("events").GetInt64()
            .Should().Be(first.Summary.GetProperty("journal").GetProperty("events").GetInt64());
        File.Exists(Path.Combine(folder.Run, "summary.json")).Should().BeTrue();
    }
}
