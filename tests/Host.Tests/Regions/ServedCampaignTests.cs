using System.Text.Json;
using DklActors.Host.Tests.EndToEnd;
using DklActors.Messages.Events;

namespace DklActors.Host.Tests.Regions;

/// <summary>A campaign that a daemon runs, as a user has it: another process, killed.</summary>
public sealed class ServedCampaignTests : IDisposable
{
    private readonly RunFolderOnDisk _folder = new();

    private string Data => Path.Combine(_folder.Parent, "dkl-data");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_daemon_that_is_killed_in_the_second_of_three_regions_goes_on_there_and_measures_nothing_twice()
    {
        string recipe = _folder.WriteRecipe("150 ms", 9, more: """
            learning:
              transfer: warm
            regions:
              - name: first
                microscope:
                  sampleSeed: 3
              - name: second
                microscope:
                  sampleSeed: 4
              - name: third
                microscope:
                  sampleSeed: 5
            """ + "\n");
        string id;
        using (DklProcess killed = Serve())
        {
            await UntilAsync(() => File.Exists(Path.Combine(Data, "daemon.json")));
            using DklProcess submitted = await AskAsync("submit", recipe, "--json");
            submitted.ExitCode.Should().Be(0, submitted.Error);
            id = submitted.Summary.GetProperty("campaign").GetString()!;
            await RunFolderOnDisk.WaitForAsync<FrameRecorded>(JournalOf(id, "second"), 4);
            await killed.KillAsync();
        }

        int first = EventsOf(id, "first").Count;
        EventsOf(id, "second").OfType<ExperimentCompleted>().Should().BeEmpty();
        EventsOf(id, "third").Should().BeEmpty();
        using DklProcess again = Serve();
        await UntilAsync(() => File.Exists(Path.Combine(Data, "campaigns", id, "summary.json")));

        EventsOf(id, "first").Should().HaveCount(first, "what is complete is not touched");
        foreach (string region in new[] { "second", "third" })
        {
            IReadOnlyList<JournalEvent> events = EventsOf(id, region);
            events.OfType<ExperimentCompleted>().Should().ContainSingle();
            events.OfType<ModelTransferred>().Should().ContainSingle();
            events.OfType<FrameRecorded>().Select(static frame => frame.Point).Should().OnlyHaveUniqueItems();
            using DklProcess replay = await DklProcess.RunAsync(
                _folder.Parent, "replay", RegionOf(id, region), "--verify", "--json");
            replay.ExitCode.Should().Be(0, replay.Error);
        }

        EventsOf(id, "second").OfType<ExperimentContinued>().Should().ContainSingle();
        EventsOf(id, "third").OfType<ModelTransferred>().Single().StateHash
            .Should().Be(EventsOf(id, "second").OfType<ModelTrained>().Last().StateHash);
        using DklProcess status = await AskAsync("status", "--json");
        JsonElement campaign = status.Summary.GetProperty("campaigns").EnumerateArray().Single();
        campaign.GetProperty("state").GetString().Should().Be("completed");
        campaign.GetProperty("regions").EnumerateArray()
            .Should().OnlyContain(static region => region.GetProperty("measured").GetInt32() == 14);
        File.Exists(Path.Combine(Data, "campaigns", id, "figures", "comparison.svg")).Should().BeTrue();
    }

    private DklProcess Serve()
    {
        // A process that was killed leaves it: whoever asks before the next one listens would ask nobody.
        Directory.CreateDirectory(Data);
        File.Delete(Path.Combine(Data, "daemon.json"));
        return DklProcess.Start(_folder.Parent, "serve", "--data", Data, "--urls", "http://127.0.0.1:0");
    }

    private Task<DklProcess> AskAsync(string command, params string[] rest) =>
        DklProcess.RunAsync(_folder.Parent, [command, .. rest, "--data", Data]);

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2), TimeProvider.System);
        while (!isSo())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
        }
    }

    private string RegionOf(string id, string region) => Path.Combine(Data, "campaigns", id, "regions", region);

    private string JournalOf(string id, string region) => Path.Combine(RegionOf(id, region), "journal.db");

    private List<JournalEvent> EventsOf(string id, string region) =>
        RunFolderOnDisk.EventsIn(JournalOf(id, region));
}
