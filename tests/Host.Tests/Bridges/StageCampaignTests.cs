using System.Text.Json;
using DklActors.Host.Tests.EndToEnd;
using DklActors.Messages.Events;
using DklActors.Messages.Geometry;
using DklActors.Support.Lines;

namespace DklActors.Host.Tests.Bridges;

/// <summary>
/// A campaign whose regions lie at different places of a sample: <c>dkl run</c> in a process, the reference bridge with
/// a specimen of which its stage shows one part at a time in another.
/// </summary>
public sealed class StageCampaignTests : IDisposable
{
    private const string Regions = """
        sampleStage: {tolerance: 1 nm, settle: 10 ms}
        regions:
          - name: left
            sampleStage: {x: -20 nm, y: 5 nm}
          - name: right
            sampleStage: {x: 20 nm, y: -5 nm}
        """;

    private static readonly StagePosition Left = StagePosition.OfNanometres(-20, 5);
    private static readonly StagePosition Right = StagePosition.OfNanometres(20, -5);

    private readonly RunFolderOnDisk _folder = new();

    public void Dispose() => _folder.Dispose();

    [PythonFact(PythonBridge.Modules)]
    public async Task Each_region_is_measured_at_its_place_and_follows_again_when_the_bridge_is_gone()
    {
        DklProcess run;
        await using (PythonBridge bridge = await StartAsync())
        {
            run = await DklProcess.RunAsync(
                _folder.Parent, "run", BridgeRecipe.Write(_folder, bridge, more: Regions), "--out", _folder.Run,
                "--json");
            (await StageHand.PlaceAsync(bridge)).Should().Be((20, -5));
        }

        using DklProcess dkl = run;
        dkl.ExitCode.Should().Be(0, dkl.Error);
        foreach ((string region, StagePosition place) in new[] { ("left", Left), ("right", Right) })
        {
            List<JournalEvent> events = EventsOf(region);
            events[1].Should().BeOfType<StageMoved>().Which.Asked.Should().Be(place);
            ((StageMoved)events[1]).ReadBack.Should().Be(place);
            events[2].Should().BeOfType<SurveyIntended>();
            using DklProcess verified = await DklProcess.RunAsync(
                _folder.Parent, "replay", FolderOf(region), "--verify");
            verified.ExitCode.Should().Be(0, verified.Out + verified.Error);
        }

        ((StageMoved)EventsOf("right")[1]).Found.Should().Be(Left, "it was left there");
        EventsOf("left").OfType<SurveyRecorded>().Single().ImageHash.Should().NotBe(
            EventsOf("right").OfType<SurveyRecorded>().Single().ImageHash);
        JsonElement[] regions = [.. dkl.Summary.GetProperty("regions").EnumerateArray()];
        regions.Select(region => region.GetProperty("stage").GetProperty("readBackXNm").GetDouble())
            .Should().Equal(-20, 20);
        JsonElement pair = dkl.Summary.GetProperty("comparison").EnumerateArray().Single();
        pair.GetProperty("stagesApartNm").GetDouble().Should().BeApproximately(Math.Sqrt(1700), 1e-9);
        dkl.Error.Should().Contain("stages apart").And.Contain("41.2 nm").And.Contain("(-20, 5) nm");
        string documents = Path.Combine(_folder.Parent, "documents.jsonl");
        using DklProcess exported = await DklProcess.RunAsync(
            _folder.Parent, "journal", "export", FolderOf("right"), "--format", "bluesky", "--out", documents);
        exported.ExitCode.Should().Be(0, exported.Error);
        File.ReadAllText(documents).Should().Contain("\"stage_x\":20");
    }

    [PythonFact(PythonBridge.Modules)]
    public async Task A_check_holds_every_place_against_the_limits_and_moves_nothing()
    {
        await using PythonBridge bridge = await StartAsync();
        string recipe = BridgeRecipe.Write(_folder, bridge, more: Regions);

        using DklProcess check = await DklProcess.RunAsync(_folder.Parent, "run", recipe, "--check");
        string far = BridgeRecipe.Write(_folder, bridge, more: Regions.Replace("x: 20 nm", "x: 22.5 nm"));
        using DklProcess refused = await DklProcess.RunAsync(_folder.Parent, "run", far, "--check");
        using DklProcess run = await DklProcess.RunAsync(_folder.Parent, "run", far, "--out", _folder.Run);

        check.ExitCode.Should().Be(0, check.Error);
        check.Out.Should().Contain("to (-20, 5) nm, within its limits").And.Contain("to (20, -5) nm");
        foreach (DklProcess one in new[] { refused, run })
        {
            one.ExitCode.Should().Be(2, one.Out);
            one.Error.Should().MatchRegex(@"recipe\.yaml:\d+: sampleStage\.x: x of 22\.5 nm is outside .*-22 \.\. 22");
        }

        Directory.Exists(_folder.Run).Should().BeFalse("the first region was not begun either");
        (await StageHand.PlaceAsync(bridge)).Should().Be((0, 0));
    }

    [PythonFact(PythonBridge.Modules)]
    public async Task A_stage_that_stops_elsewhere_is_not_measured_at()
    {
        await using PythonBridge bridge = await StartAsync("--fault", "stage-elsewhere=3");
        using DklProcess dkl = await DklProcess.RunAsync(
            _folder.Parent, "run", BridgeRecipe.Write(_folder, bridge, more: Regions), "--out", _folder.Run, "--json");

        dkl.ExitCode.Should().Be(1, dkl.Error);
        List<JournalEvent> events = EventsOf("left");
        events.OfType<ExperimentFailed>().Single().Reason.Should().Contain("3.0 nm away");
        events.OfType<SurveyIntended>().Should().BeEmpty();
        EventsOf("right").Should().BeEmpty();
    }

    [PythonFact(PythonBridge.Modules)]
    public async Task A_line_that_is_cut_while_the_stage_moves_leaves_it_to_the_read_back()
    {
        await using PythonBridge bridge = await StartAsync("--fault", "stage-takes=4");
        await using var line = new CuttableLine(bridge.Address);
        string recipe = BridgeRecipe.Write(_folder, bridge, line.Address, more: Regions);
        using DklProcess dkl = DklProcess.Start(_folder.Parent, "run", recipe, "--out", _folder.Run, "--json");
        await RunFolderOnDisk.WaitForAsync<ExperimentStarted>(JournalOf("left"), 1);

        // Long enough that the session is over as well; where the order came too late, it is given once more.
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        line.Cut();
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
        line.Mend();
        await dkl.EndAsync();

        dkl.ExitCode.Should().Be(0, dkl.Error);
        EventsOf("left").OfType<StageMoved>().Should().ContainSingle().Which.ReadBack.Should().Be(Left);
        EventsOf("right").OfType<StageMoved>().Should().ContainSingle().Which.ReadBack.Should().Be(Right);
    }

    [PythonFact(PythonBridge.Modules)]
    public async Task A_process_that_is_killed_between_move_and_image_finds_the_stage_where_it_left_it()
    {
        await using PythonBridge bridge = await StartAsync();
        string recipe = BridgeRecipe.Write(_folder, bridge, more: Regions);
        using DklProcess killed = DklProcess.Start(
            _folder.Parent, "run", recipe, "--out", _folder.Run, "--json", "--set", "microscope.surveyDwell=1 ms");
        await RunFolderOnDisk.WaitForAsync<StageMoved>(JournalOf("left"), 1);
        await killed.KillAsync();
        EventsOf("left").OfType<SurveyRecorded>().Should().BeEmpty();

        using DklProcess dkl = await DklProcess.RunAsync(_folder.Parent, "run", "--resume", _folder.Run, "--json");

        dkl.ExitCode.Should().Be(0, dkl.Error);
        List<JournalEvent> events = EventsOf("left");
        events.OfType<StageMoved>().Should().ContainSingle();
        events.OfType<StageConfirmed>().Should().ContainSingle().Which.ReadBack.Should().Be(Left);
        events.OfType<SurveyRecorded>().Should().ContainSingle();
        EventsOf("right").OfType<StageMoved>().Should().ContainSingle();
    }

    [PythonFact(PythonBridge.Modules)]
    public async Task Somebody_who_moved_the_stage_meanwhile_ends_the_campaign_until_it_is_back()
    {
        await using PythonBridge bridge = await StartAsync();
        await KillAfterPointsAsync(bridge);
        await StageHand.MoveAsync(bridge, 10, 10);

        using DklProcess away = await DklProcess.RunAsync(_folder.Parent, "run", "--resume", _folder.Run, "--json");

        away.ExitCode.Should().Be(4, away.Error);
        away.Summary.GetProperty("regions")[0].GetProperty("reason").GetString().Should().Contain("(10, 10) nm");
        (await StageHand.PlaceAsync(bridge)).Should().Be((10, 10), "it is somebody else's");
        EventsOf("right").Should().BeEmpty();

        await StageHand.MoveAsync(bridge, -20, 5);
        using DklProcess back = await DklProcess.RunAsync(_folder.Parent, "run", "--resume", _folder.Run, "--json");

        back.ExitCode.Should().Be(0, back.Error);
        EventsOf("left").OfType<StageMoved>().Should().ContainSingle();
    }

    [PythonFact(PythonBridge.Modules)]
    public async Task Where_the_drift_is_looked_at_it_is_taken_back_and_the_image_found_again()
    {
        // Of a stage that says it is back, and is a pixel or two beside.
        await using PythonBridge bridge = await StartAsync("--stage-error", "0.5");
        await KillAfterPointsAsync(bridge, "drift.every=50 points", "drift.unsure=pause");
        await StageHand.MoveAsync(bridge, 10, 10);

        using DklProcess dkl = await DklProcess.RunAsync(_folder.Parent, "run", "--resume", _folder.Run, "--json");

        dkl.ExitCode.Should().Be(0, dkl.Error);
        List<JournalEvent> events = EventsOf("left");
        int moved = events.FindLastIndex(happened => happened is StageMoved);
        ((StageMoved)events[moved]).Found.Should().Be(StagePosition.OfNanometres(10, 10));
        DriftCorrected look = events.Skip(moved).OfType<DriftCorrected>().First(found => found.Rejected is null);
        look.Shift.Length.Should().BeInRange(0.1, 8);
        events.Skip(moved).First(happened => happened is DriftCorrected or ExposureIntended)
            .Should().BeOfType<DriftCorrected>("nothing is exposed before");
        using DklProcess verified = await DklProcess.RunAsync(_folder.Parent, "replay", FolderOf("left"), "--verify");
        verified.ExitCode.Should().Be(0, verified.Out + verified.Error);
    }

    [PythonFact(PythonBridge.Modules)]
    public async Task Somebody_who_moves_the_stage_while_a_region_is_measured_pauses_it_for_good()
    {
        await using PythonBridge bridge = await StartAsync("--fault", "stage-touched-after=3");
        string recipe = BridgeRecipe.Write(_folder, bridge, dwell: "200 ms", measurements: 26, more: Regions);
        using DklProcess dkl = DklProcess.Start(_folder.Parent, "run", recipe, "--out", _folder.Run, "--json");
        await RunFolderOnDisk.WaitForAsync<RunPaused>(JournalOf("left"), 1);
        await dkl.SignalAsync("INT");
        await dkl.EndAsync();

        dkl.ExitCode.Should().Be(3, dkl.Error);
        EventsOf("left").OfType<RunPaused>().First().Should().BeEquivalentTo(new { By = "stage" });
        EventsOf("left").OfType<RunPaused>().First().Reason.Should().Contain("(480, 5) nm");
        EventsOf("left").OfType<RunResumed>().Should().BeEmpty();

        using DklProcess resumed =
            await DklProcess.RunAsync(_folder.Parent, "run", "--resume", _folder.Run, "--json");
        resumed.ExitCode.Should().Be(4, resumed.Error);
    }

    /// <summary>A specimen of 64 nm, of which 20 nm are seen at once.</summary>
    private static Task<PythonBridge> StartAsync(params string[] options) =>
        PythonBridge.StartAsync(["--specimen", "128", "--field", "40", .. options]);

    private async Task KillAfterPointsAsync(PythonBridge bridge, params string[] set)
    {
        string recipe = BridgeRecipe.Write(_folder, bridge, dwell: "200 ms", more: Regions);
        string[] arguments =
        [
            "run", recipe, "--out", _folder.Run, "--json", .. set.SelectMany(one => new[] { "--set", one }),
        ];
        using DklProcess killed = DklProcess.Start(_folder.Parent, arguments);
        await RunFolderOnDisk.WaitForAsync<FrameRecorded>(JournalOf("left"), 3);
        await killed.KillAsync();
        EventsOf("left").OfType<ExperimentCompleted>().Should().BeEmpty();
    }

    private List<JournalEvent> EventsOf(string region) => RunFolderOnDisk.EventsIn(JournalOf(region));

    private string FolderOf(string region) => Path.Combine(_folder.Run, "regions", region);

    private string JournalOf(string region) => Path.Combine(FolderOf(region), "journal.db");
}
