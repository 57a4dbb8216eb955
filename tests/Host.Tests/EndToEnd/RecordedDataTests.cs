using System.Globalization;
using System.Text.Json;
using DklActors.Instruments.Files;
using DklActors.Messages.Events;
using DklActors.Messages.Geometry;

namespace DklActors.Host.Tests.EndToEnd;

/// <summary>Recorded data of every layout, run and compared as a user does.</summary>
public sealed class RecordedDataTests
{
    private const int Edge = 20;

    // Every third pixel of every second row, from the sixth on.
    private static readonly GridPoint[] Places =
    [
        .. from row in Enumerable.Range(3, 4)
           from column in Enumerable.Range(2, 4)
           select new GridPoint(2 * row, 3 * column),
    ];

    [Fact]
    public async Task Values_at_listed_places_are_measured_there_alone_beginning_with_the_seed_points_of_the_data()
    {
        using var folder = new RunFolderOnDisk();
        using DklProcess dkl = await DklProcess.RunAsync(
            folder.Parent, "run", WriteValues(folder), "--out", folder.Run, "--json");

        dkl.ExitCode.Should().Be(0, dkl.Error);
        dkl.Summary.GetProperty("scalarizer").GetString().Should().Be("value/1");
        GridPoint[] planned = [.. folder.Events().OfType<PointPlanned>().Select(point => point.Target)];
        planned.Should().HaveCount(12).And.OnlyHaveUniqueItems().And.BeSubsetOf(Places);
        planned[..4].Should().Equal(Places[9], Places[0], Places[15], Places[6]);
        folder.Events().OfType<PointScalarized>().Select(point => point.Scalar.Value)
            .Should().BeSubsetOf(Places.Select(place => (double)ValueAt(place)));
        // The truth lies one below what is measured, and spans 5.25: a map of the measured values is off by that.
        dkl.Summary.GetProperty("rmse").GetDouble().Should().BeApproximately(1 / 5.25, 0.05);
        File.Exists(Path.Combine(folder.Run, "figures", "truth.png")).Should().BeTrue();
    }

    [Fact]
    public async Task A_probe_that_strays_from_the_listed_places_is_counted_to_the_nearest()
    {
        using var folder = new RunFolderOnDisk();
        using DklProcess dkl = await DklProcess.RunAsync(
            folder.Parent, "run", WriteValues(folder), "--out", folder.Run,
            "--set", "microscope.readBackNoise=0.8 px", "--set", "stage.tolerance=9 px");

        dkl.ExitCode.Should().Be(0, dkl.Error);
        FrameRecorded[] frames = [.. folder.Events().OfType<FrameRecorded>()];
        frames.Select(frame => frame.Patch).Should().HaveCount(12).And.BeSubsetOf(Places);
        frames.Should().Contain(frame => frame.ReadBack.NearestPixel != frame.Patch, "some strayed that far");
    }

    [Fact]
    public async Task A_run_on_listed_places_goes_on_where_it_was_killed()
    {
        using var folder = new RunFolderOnDisk();
        using (DklProcess killed = DklProcess.Start(
            folder.Parent, "run", WriteValues(folder, "150 ms"), "--out", folder.Run))
        {
            await folder.WaitForAsync<PointScalarized>(3);
            await killed.KillAsync();
        }

        using DklProcess dkl = await DklProcess.RunAsync(folder.Parent, "run", "--resume", folder.Run, "--json");

        dkl.ExitCode.Should().Be(0, dkl.Error);
        folder.Events().OfType<PointPlanned>().Select(point => point.Target).Should().BeSubsetOf(Places);
    }

    [Theory]
    [InlineData("planner.seeds=7", "values.yaml:18: planner.seedsFrom: 'seeds' names 4 points, and 7 are asked for")]
    [InlineData("planner.region=8 .. 12 px, 6 .. 15 px", "planner.seedsFrom: the seed point (6, 6) lies outside the")]
    [InlineData("planner.measurements=13", "--set planner.measurements: 17 points are asked for, and only 16")]
    [InlineData("microscope.positions=seeds", "--set microscope.positions: ", "its shape is (4,), and (N, 2)")]
    [InlineData("microscope.truth=seeds", "--set microscope.truth: ", "its shape is (4,), and (16,) is expected")]
    [InlineData("microscope.frames=places", "--set microscope.frames: ", "its shape is (16, 2)", "positions")]
    public async Task What_does_not_fit_the_data_is_named_with_its_line(string set, params string[] words)
    {
        using var folder = new RunFolderOnDisk();
        string recipe = WriteValues(folder);
        using DklProcess dkl = await DklProcess.RunAsync(
            folder.Parent, "run", recipe, "--out", folder.Run, "--set", set);

        dkl.ExitCode.Should().Be(2, dkl.Out);
        dkl.Error.Split('\n')[0].Should().ContainAll(words);
    }

    [SharedDataTheory("pfm_beps/pfm.npz", "plasmon_sim/centres.npy", "si_eels_interface/SI-EELS.dm3")]
    [InlineData("pfm-domains", "named by the data")]
    [InlineData("plasmon-simulated", "7225 places")]
    [InlineData("eels-interface", "294 blocks of 32")]
    public async Task The_recipes_of_the_shared_data_run_and_compare(string name, string words)
    {
        using var folder = new RunFolderOnDisk();
        string recipe = RepositoryRoot.PathOf($"config/experiments/{name}.yaml");
        using DklProcess run = await DklProcess.RunAsync(
            folder.Parent, "run", recipe, "--out", folder.Run, "--json",
            "--set", "planner.measurements=5", "--set", "exposure.dwell=2 ms");

        run.ExitCode.Should().Be(0, run.Error);
        run.Summary.GetProperty("points").GetInt32().Should().Be(15);
        run.Summary.GetProperty("rmse").ValueKind.Should().Be(JsonValueKind.Number);

        string report = Path.Combine(folder.Parent, "comparison");
        using DklProcess compare = await DklProcess.RunAsync(
            folder.Parent, "compare", recipe, "--out", report, "--strategies", "random,xy-gp", "--seeds", "1",
            "--steps", "2");
        compare.ExitCode.Should().Be(0, compare.Error);
        (await File.ReadAllTextAsync(Path.Combine(report, "report.html"))).Should().Contain(words);
    }

    private static float ValueAt(GridPoint place) => (0.5f * place.Row) + (0.25f * place.Column);

    internal static string WriteValues(RunFolderOnDisk folder, string dwell = "2 ms")
    {
        using (FileStream stream = File.Create(Path.Combine(folder.Parent, "values.npz")))
        using (var writer = new NpzWriter(stream))
        {
            float[] image = [.. Enumerable.Range(0, Edge * Edge).Select(i => ValueAt(new(i / Edge, i % Edge)))];
            writer.Add<float>("image", [Edge, Edge], image);
            writer.Add<float>("values", [Places.Length], [.. Places.Select(ValueAt)]);
            writer.Add<float>("clean", [Places.Length], [.. Places.Select(place => ValueAt(place) - 1)]);
            writer.Add<short>(
                "places", [Places.Length, 2],
                [.. Places.SelectMany(place => new[] { (short)place.Row, (short)place.Column })]);
            writer.Add<long>("seeds", [4], [9, 0, 15, 6]);
        }

        string path = Path.Combine(folder.Parent, "values.yaml");
        File.WriteAllText(path, string.Create(CultureInfo.InvariantCulture, $"""
            version: 1
            name: values
            microscope:
              kind: preacquired
              data: values.npz
              image: image
              frames: values
              positions: places
              truth: clean
              pixelSize: 1 nm
              settle: 1 ms
              readout: 1 ms
            patch: 5 px
            scalarizer:
              kind: value
            planner:
              seedDesign: recorded
              seedsFrom: seeds
              seeds: 4
              measurements: 8
            exposure:
              dwell: {dwell}
            """));
        return path;
    }
}
