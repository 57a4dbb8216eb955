using System.Text.Json;
using DklActors.Journal.Codecs;
using DklActors.Journal.Export;
using DklActors.Journal.Export.HyperSpy;
using DklActors.Journal.Storage;
using DklActors.Journal.Tests.Export.Hdf5;
using DklActors.Journal.Tests.Kit;
using DklActors.Messages.Scalars;

namespace DklActors.Journal.Tests.Export;

public sealed class HyperSpyFileTests
{
    private const string Describe = """
        import sys, json, warnings
        import hyperspy.api as hs
        s = hs.load(sys.argv[1])
        axes = [dict(name=a.name, units=str(a.units), size=a.size, offset=a.offset, scale=a.scale) for a in
                s.axes_manager.navigation_axes + s.axes_manager.signal_axes]
        own = s.metadata.DklActors
        print(json.dumps(dict(
            kind=type(s).__name__, title=s.metadata.General.title, axes=axes, data=s.data.ravel().tolist(),
            points=own.point.tolist(), probe=own.probe_px.tolist(), quality=own.quality.tolist(),
            image=[type(own.image).__name__, own.image.axes_manager[0].scale, float(own.image.data[3, 4])],
            seed=s.original_metadata.run.seed)))
        """;

    [PythonFact("hyperspy")]
    public async Task HyperSpy_reads_spectra_with_axes_units_and_positions()
    {
        JsonElement signal = await LoadedAsync(await MadeRun.WithEverythingAsync(point => MadeRun.Spectrum(point)));

        signal.GetProperty("kind").GetString().Should().Be("Signal1D");
        signal.GetProperty("title").GetString().Should().Be("made");
        signal.GetProperty("axes").GetRawText().Should().Be(
            """[{"name": "Point", "units": "", "size": 3, "offset": 0.0, "scale": 1.0}, """
            + """{"name": "Energy", "units": "eV", "size": 6, "offset": -1.5, "scale": 0.5}]""");
        Numbers(signal, "data").Should().Equal(
            Enumerable.Range(1, 3).SelectMany(point => Enumerable.Range(0, 6).Select(j => (100.0 * point) + j)));
        Numbers(signal, "points").Should().Equal(1, 2, 3);
        Numbers(signal, "quality").Should().Equal(0, 2, 1);
        signal.GetProperty("probe")[2].GetRawText().Should().Be("[3.125, 2.25]");
        signal.GetProperty("image").GetRawText().Should().Be("""["Signal2D", 0.25, 2.375]""");
        signal.GetProperty("seed").GetString().Should().Be("18446744073709551615");
    }

    [PythonFact("hyperspy")]
    public async Task HyperSpy_makes_of_it_the_signal_that_was_asked_for()
    {
        JsonElement signal =
            await LoadedAsync(await MadeRun.WithEverythingAsync(point => MadeRun.Spectrum(point)), "EELS");

        signal.GetProperty("kind").GetString().Should().Be("EELSSpectrum");
    }

    [PythonFact("hyperspy")]
    public async Task HyperSpy_reads_patterns_as_images()
    {
        JsonElement signal = await LoadedAsync(await MadeRun.WithEverythingAsync(MadeRun.Pattern, "a/b µ"));

        signal.GetProperty("kind").GetString().Should().Be("Signal2D");
        signal.GetProperty("title").GetString().Should().Be("a-b -");
        signal.GetProperty("axes").EnumerateArray().Select(axis => axis.GetProperty("size").GetInt32())
            .Should().Equal(3, 3, 2);
        Numbers(signal, "data").Take(7).Should().Equal(100, 101, 102, 103, 104, 105, 200);
    }

    [Fact]
    public async Task The_file_holds_the_layout_that_HyperSpy_documents()
    {
        await using MadeRun run = await MadeRun.WithEverythingAsync(point => MadeRun.Spectrum(point));
        var (arrays, attributes) = Hdf5Reader.Read(Written(run, "EELS"));

        attributes["@file_format"].Should().Be("HyperSpy");
        arrays["/Experiments/made/data"].Shape.Should().Equal(3, 6);
        attributes["/Experiments/made/axis-0@navigate"].Should().Be(true);
        attributes["/Experiments/made/axis-1@navigate"].Should().Be(false);
        attributes["/Experiments/made/axis-1@units"].Should().Be("eV");
        attributes["/Experiments/made/metadata/Signal@signal_type"].Should().Be("EELS");
        arrays["/Experiments/made/metadata/DklActors/probe_nm"].Data.Should().StartWith(
            BitConverter.GetBytes(MadeRun.ReadBackOf(1).Row * 0.25));
        attributes["/Experiments/made/original_metadata/run@name"].Should().Be("made");
    }

    [Fact]
    public async Task A_frame_that_is_not_like_the_first_is_refused_with_its_point()
    {
        await using MadeRun run = await MadeRun.WithEverythingAsync(point => MadeRun.Spectrum(point, 5 + point));

        Action write = () => Written(run, string.Empty);
        write.Should().Throw<JournalDamagedException>().WithMessage("*point p2*first frame*");
    }

    [Fact]
    public async Task A_damaged_frame_is_named_with_its_point()
    {
        await using MadeRun run = await MadeRun.WithEverythingAsync(point => MadeRun.Spectrum(point));
        string hash = ContentHash.Of(FrameCodec.Write(MadeRun.Spectrum(3)).Span).Hex;
        string path = Directory.EnumerateFiles(run.Folder, hash + ".*", SearchOption.AllDirectories).Single();
        byte[] bytes = await File.ReadAllBytesAsync(path);
        bytes[^40] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);

        Action write = () => Written(run, string.Empty);
        write.Should().Throw<JournalDamagedException>().WithMessage("The frame of point p3*" + hash + "*");
    }

    [Fact]
    public async Task A_run_without_a_frame_has_none_to_export()
    {
        await using var run = new MadeRun();
        await run.BeginAsync();

        RunFrames.Of(run.Journal, MadeRun.Stream).Should().BeNull();
    }

    [Fact]
    public async Task What_comes_after_the_count_is_left_for_the_next_export()
    {
        await using MadeRun run = await MadeRun.WithEverythingAsync(point => MadeRun.Spectrum(point));
        RunFrames frames = RunFrames.Of(run.Journal, MadeRun.Stream)!;
        await run.MeasureAsync(7, MadeRun.Spectrum(7), new ScalarResult(1, 1, ScalarQuality.Good));

        frames.Points.Should().HaveCount(frames.Count).And.HaveCount(3);
        RunFrames.Of(run.Journal, MadeRun.Stream)!.Count.Should().Be(4);
    }

    private static byte[] Written(MadeRun run, string signalType)
    {
        using var stream = new MemoryStream();
        HyperSpyFile.Write(stream, RunFrames.Of(run.Journal, MadeRun.Stream)!, signalType);
        return stream.ToArray();
    }

    private static async Task<JsonElement> LoadedAsync(MadeRun made, string signalType = "")
    {
        await using MadeRun run = made;
        string path = Path.Combine(run.Folder, "frames.hspy");
        await File.WriteAllBytesAsync(path, Written(run, signalType));
        using var loaded = JsonDocument.Parse(await Python.RunAsync("hyperspy", Describe, path));
        return loaded.RootElement.Clone();
    }

    private static double[] Numbers(JsonElement signal, string name) =>
        [.. signal.GetProperty(name).EnumerateArray().Select(number => number.GetDouble())];
}
