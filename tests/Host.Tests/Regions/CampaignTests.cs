using System.Text.Json;
using DklActors.Host.Tests.EndToEnd;
using DklActors.Messages.Events;

namespace DklActors.Host.Tests.Regions;

/// <summary>Several regions of one recipe, as a user runs them: another process.</summary>
public sealed class CampaignTests : IDisposable
{
    private readonly RunFolderOnDisk _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_region_is_a_run_that_starts_from_the_one_before_and_follows_again_from_its_folder_alone()
    {
        using DklProcess dkl = await DklProcess.RunAsync(
            _folder.Parent, "run", WriteRecipe(), "--out", _folder.Run, "--json",
            "--set", "learning.transfer=warm", "--set", "planner.seedDesign=model");

        dkl.ExitCode.Should().Be(0, dkl.Error);
        JsonElement[] regions = [.. dkl.Summary.GetProperty("regions").EnumerateArray()];
        regions.Select(region => region.GetProperty("name").GetString()).Should().Equal("left", "right");
        regions.Should().OnlyContain(region => region.GetProperty("points").GetInt32() == 13);
        JsonElement pair = dkl.Summary.GetProperty("comparison").EnumerateArray().Single();
        pair.GetProperty("problem").ValueKind.Should().Be(JsonValueKind.Null);
        pair.GetProperty("there").GetProperty("points").GetInt32().Should().BeInRange(10, 13);
        pair.GetProperty("there").GetProperty("coverage68").GetDouble().Should().BeInRange(0, 1);
        pair.GetProperty("back").GetProperty("r2").GetDouble().Should().BeLessThanOrEqualTo(1);
        pair.GetProperty("scalarDistance").GetDouble().Should().BeInRange(0, 1);
        pair.GetProperty("structureMixing").GetDouble().Should().BeInRange(0, 1);
        dkl.Error.Should().Contain("structure alike");
        File.ReadAllText(Path.Combine(_folder.Run, "figures", "comparison.svg")).Should().Contain("left (");

        ModelTrained last = EventsOf("left").OfType<ModelTrained>().Last();
        ModelTransferred transferred = EventsOf("right").OfType<ModelTransferred>().Single();
        transferred.StateHash.Should().Be(last.StateHash);
        transferred.FromVersion.Should().Be(last.Version);
        EventsOf("left").OfType<ModelTransferred>().Should().BeEmpty();
        ModelTrained[] trained = [.. EventsOf("right").OfType<ModelTrained>()];
        trained[0].Transferred.Should().Be(last.StateHash);
        trained.Skip(1).Should().OnlyContain(model => model.Transferred == null);
        foreach (string region in new[] { "left", "right" })
        {
            PointPlanned[] seeds = [.. EventsOf(region).OfType<PointPlanned>()
                .Where(point => point.Basis.Reason == PlanningReason.Seed)];
            seeds.Should().HaveCount(5).And.OnlyContain(seed => seed.Basis.Score > 0, "a model chose them");
        }

        Directory.Move(Path.Combine(_folder.Run, "regions", "left"), Path.Combine(_folder.Parent, "gone"));
        using DklProcess replay = await DklProcess.RunAsync(
            _folder.Parent, "replay", Path.Combine(_folder.Run, "regions", "right"), "--verify", "--json");
        replay.ExitCode.Should().Be(0, replay.Error);
    }

    [Fact]
    public async Task A_campaign_that_is_killed_in_its_second_region_goes_on_there_and_measures_nothing_twice()
    {
        string recipe = WriteRecipe("150 ms", 12);
        using DklProcess killed = DklProcess.Start(
            _folder.Parent, "run", recipe, "--out", _folder.Run, "--json", "--set", "learning.transfer=warm");
        await WaitForAsync("right", 4);
        await killed.KillAsync();
        int first = EventsOf("left").Count;
        EventsOf("right").OfType<ExperimentCompleted>().Should().BeEmpty();

        using DklProcess resumed =
            await DklProcess.RunAsync(_folder.Parent, "run", "--resume", _folder.Run, "--json");

        resumed.ExitCode.Should().Be(0, resumed.Error);
        EventsOf("left").Should().HaveCount(first, "what is complete is not touched");
        IReadOnlyList<JournalEvent> right = EventsOf("right");
        right.OfType<ExperimentCompleted>().Should().ContainSingle();
        right.OfType<ModelTransferred>().Should().ContainSingle();
        right.OfType<FrameRecorded>().Select(frame => frame.Point).Should().OnlyHaveUniqueItems();
        resumed.Summary.GetProperty("regions").EnumerateArray()
            .Should().OnlyContain(region => region.GetProperty("points").GetInt32() == 17);
        using DklProcess replay = await DklProcess.RunAsync(
            _folder.Parent, "replay", Path.Combine(_folder.Run, "regions", "right"), "--verify", "--json");
        replay.ExitCode.Should().Be(0, replay.Error);
    }

    [Fact]
    public async Task An_interlock_in_a_region_ends_the_campaign_there()
    {
        using DklProcess dkl = await DklProcess.RunAsync(
            _folder.Parent, "run", WriteRecipe(), "--out", _folder.Run, "--json", "--set", "limits.totalElectrons=3e6");

        dkl.ExitCode.Should().Be(4, dkl.Error);
        Directory.Exists(Path.Combine(_folder.Run, "regions", "left", "frames")).Should().BeTrue();
        EventsOf("right").Should().BeEmpty();
        dkl.Summary.GetProperty("regions")[1].GetProperty("state").GetString().Should().Be("new");
        dkl.Error.Should().Contain($"dkl run --resume {_folder.Run}");
    }

    [Fact]
    public async Task Every_region_is_checked_before_anything_is_made()
    {
        string recipe = WriteRecipe(right: "    planner:\n      region: 0 0 .. 9 9 px");
        using DklProcess dkl = await DklProcess.RunAsync(_folder.Parent, "run", recipe, "--out", _folder.Run);

        dkl.ExitCode.Should().Be(2, dkl.Error);
        Directory.Exists(_folder.Run).Should().BeFalse();
    }

    [Fact]
    public async Task A_check_tells_what_all_regions_take()
    {
        using DklProcess dkl = await DklProcess.RunAsync(_folder.Parent, "run", WriteRecipe(), "--check");

        dkl.ExitCode.Should().Be(0, dkl.Error);
        dkl.Out.Should().Contain("small-left").And.Contain("small-right").And.Contain("2 regions, about");
    }

    private string WriteRecipe(string dwell = "10 ms", int measurements = 8, string right = "") =>
        _folder.WriteRecipe(dwell, measurements, more: $"""
            regions:
              - name: left
                microscope:
                  sampleSeed: 3
              - name: right
                microscope:
                  sampleSeed: 4
            {right}
            """.TrimEnd() + "\n");

    private List<JournalEvent> EventsOf(string region) => RunFolderOnDisk.EventsIn(JournalOf(region));

    private Task WaitForAsync(string region, int frames) =>
        RunFolderOnDisk.WaitForAsync<FrameRecorded>(JournalOf(region), frames);

    private string JournalOf(string region) => Path.Combine(_folder.Run, "regions", region, "journal.db");
}
