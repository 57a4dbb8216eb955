using System.Text.Json;
using DklActors.Host.Tests.EndToEnd;
using DklActors.Host.Tests.Journals;
using DklActors.Instruments.Files;

namespace DklActors.Host.Tests.Converting;

public sealed class DataCommandTests(FinishedRun run) : IClassFixture<FinishedRun>
{
    private const string Describe = """
        import sys, json
        import hyperspy.api as hs
        s = hs.load(sys.argv[1])
        s = s[0] if isinstance(s, list) else s
        print(json.dumps({
            "class": type(s).__name__, "title": s.metadata.General.title, "type": str(s.data.dtype),
            "shape": list(s.data.shape), "sum": float(s.data.sum()), "last": float(s.data.reshape(-1)[-1]),
            "beam": s.metadata.get_item("Acquisition_instrument.TEM.beam_energy"),
            "axes": [[a.name, str(a.units), a.scale, a.offset, bool(a.navigate)] for a in s.axes_manager._axes],
        }))
        """;

    [Fact]
    public async Task Info_shows_shapes_axes_and_calibrations()
    {
        using DklProcess words = await DklAsync("info", Sample("nsid.h5"));
        words.ExitCode.Should().Be(0, words.Error);
        words.Out.Should().Contain("NSID (HDF5)").And.Contain("2 × 3 × 5")
            .And.Contain("energy (signal): 0.5 eV a step, 300 … 302 eV").And.Contain("x (probe): 2 nm a step");

        using DklProcess json = await DklAsync("info", Sample("nsid.h5"), "--json");
        JsonElement data = json.Summary.GetProperty("arrays").EnumerateArray()
            .Single(array => array.GetProperty("name").GetString() == "data");
        data.GetProperty("shape").EnumerateArray().Select(length => length.GetInt32()).Should().Equal(2, 3, 5);
        data.GetProperty("isLazy").GetBoolean().Should().BeTrue();
        data.GetProperty("axes")[2].GetProperty("scale").GetDouble().Should().Be(0.5);
        data.GetProperty("metadata").GetProperty("value_unit").GetString().Should().Be("counts");
    }

    [Fact]
    public async Task A_converted_archive_holds_the_same_arrays_with_their_scales()
    {
        string path = Path.Combine(run.Parent, "four.npz");
        using DklProcess dkl = await DklAsync("convert", Sample("four.hspy"), path);
        dkl.ExitCode.Should().Be(0, dkl.Error);

        using ArrayContainer from = ArrayContainer.Open(Sample("four.hspy"));
        using ArrayContainer to = ArrayContainer.Open(path);
        to.Read("data").Shape.Should().Equal(2, 3, 4, 5);
        to.Read("data").ElementType.Should().Be("<u2");
        to.Read("data").ToDoubles().Should().Equal(from.Read("data").ToDoubles());
        to.Read("data_scale").ToDoubles().Should().Equal(0.5, 0.5, 0.1, 0.1);
        to.Read("data_offset").ToDoubles().Should().Equal(1, 2, -0.2, -0.2);
        to.Read("pixel_size")[0].Should().Be(0.5);

        using DklProcess again = await DklAsync("convert", Sample("four.hspy"), path);
        again.ExitCode.Should().Be(2);
        again.Error.Should().Contain("--force");
    }

    [PythonFact("hyperspy")]
    public async Task HyperSpy_opens_what_was_converted_with_axes_values_and_type()
    {
        JsonElement spectra = await ConvertedAsync(Sample("nsid.h5"), "spectra.hspy");
        spectra.GetProperty("class").GetString().Should().Be("EELSSpectrum");
        spectra.GetProperty("axes").ToString().Should().Be(
            """[["y", "nm", 2.0, 0.0, true], ["x", "nm", 2.0, 0.0, true], ["energy", "eV", 0.5, 300.0, false]]""");
        spectra.GetProperty("sum").GetDouble().Should().Be(435);
        spectra.GetProperty("last").GetDouble().Should().Be(29);

        JsonElement patterns = await ConvertedAsync(Sample("ncem.emd"), "patterns.hspy");
        patterns.GetProperty("class").GetString().Should().Be("Signal2D");
        patterns.GetProperty("title").GetString().Should().Be("patterns");
        patterns.GetProperty("type").GetString().Should().Be("int16");
        patterns.GetProperty("beam").GetDouble().Should().Be(300);
        patterns.GetProperty("sum").GetDouble().Should().Be(119 * 60);
    }

    [PythonFact("hyperspy")]
    public async Task An_archive_is_calibrated_by_the_arrays_beside_it()
    {
        string archive = Path.Combine(run.Parent, "plain.npz");
        using (FileStream stream = File.Create(archive))
        using (var writer = new NpzWriter(stream))
        {
            writer.Add<byte>("eds", [2, 3, 4], [.. Enumerable.Range(0, 24).Select(static i => (byte)i)]);
            writer.Add<double>("energy_keV", [4], [0.1, 0.2, 0.3, 0.4]);
            writer.Add<double>("px_um", [], [0.008]);
        }

        JsonElement signal = await ConvertedAsync(archive, "plain.hspy", "--signal-type", "EDS_TEM");
        signal.GetProperty("class").GetString().Should().Be("EDSTEMSpectrum");
        signal.GetProperty("shape").ToString().Should().Be("[2, 3, 4]");
        signal.GetProperty("type").GetString().Should().Be("uint8");
        JsonElement[] energy = [.. signal.GetProperty("axes")[2].EnumerateArray()];
        energy[2].GetDouble().Should().BeApproximately(0.1, 1e-12);
        energy[1].GetString().Should().Be("keV");
        signal.GetProperty("axes")[0][2].GetDouble().Should().Be(0.008);
    }

    [Fact]
    public async Task The_frames_of_a_run_are_converted_and_read_back()
    {
        string path = Path.Combine(run.Parent, "frames.hspy");
        using DklProcess dkl = await DklAsync("convert", run.Folder, path);
        dkl.ExitCode.Should().Be(0, dkl.Error);

        using ArrayContainer container = ArrayContainer.Open(path);
        container.Read("data").Shape.Should().Equal(FinishedRun.Points, 400);
        container.Read("data-2").Shape.Should().Equal(40, 40);
        container.Read("energy").Count.Should().Be(400);
        container.Read("probe_px").Shape.Should().Equal(FinishedRun.Points, 2);
        container.Read("scalar").Count.Should().Be(FinishedRun.Points);
    }

    [Theory]
    [InlineData(1, "no such file", "info", "nowhere.dm4")]
    [InlineData(1, "ragged", "convert", "ragged.hspy", "out.npz")]
    [InlineData(2, "ends in .npz or .hspy", "convert", "four.hspy", "out.xls")]
    [InlineData(1, "use one of data, pixel_size", "convert", "four.hspy", "out.hspy", "--array", "eels")]
    public async Task What_cannot_be_done_is_refused_with_a_remedy(int code, string words, params string[] arguments)
    {
        arguments[1] = Sample(arguments[1]);
        using DklProcess dkl = await DklAsync(arguments);

        dkl.ExitCode.Should().Be(code, dkl.Out + dkl.Error);
        dkl.Error.Should().Contain(words).And.NotContain("   at ");
        File.Exists(Path.Combine(run.Parent, "out.npz")).Should().BeFalse();
    }

    private static string Sample(string name) =>
        RepositoryRoot.PathOf($"tests/Instruments.Tests/Files/Samples/{name}");

    private async Task<JsonElement> ConvertedAsync(string from, string to, params string[] options)
    {
        string path = Path.Combine(run.Parent, to);
        using DklProcess dkl = await DklAsync(["convert", from, path, .. options]);
        dkl.ExitCode.Should().Be(0, dkl.Error);
        using var loaded = JsonDocument.Parse(await Python.RunAsync("hyperspy", Describe, path));
        return loaded.RootElement.Clone();
    }

    private Task<DklProcess> DklAsync(params string[] arguments) =>
        DklProcess.RunAsync(run.Parent, ["data", .. arguments]);
}
