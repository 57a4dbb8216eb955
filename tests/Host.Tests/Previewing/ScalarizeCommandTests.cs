using System.Text.Json;
using DklActors.Host.Tests.EndToEnd;
using DklActors.Instruments.Files;

namespace DklActors.Host.Tests.Previewing;

/// <summary><c>dkl scalarize</c>, run as a user runs it.</summary>
public sealed class ScalarizeCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dkl-scalarize-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Spectra_give_a_map_a_histogram_and_their_windows()
    {
        string file = WriteSpectra();

        using DklProcess dkl = await DklAsync(
            file, "--array", "frames", "--json", "--with", "kind=band-sum", "--with", "window=2.5 eV .. 5.5 eV");

        dkl.ExitCode.Should().Be(0, dkl.Error);
        JsonElement summary = dkl.Summary;
        summary.GetProperty("identity").GetString().Should().Be("band-sum/1 [2.5 eV .. 5.5 eV]");
        summary.GetProperty("good").GetInt32().Should().Be(12);
        // Place p holds p counts in each of the three channels.
        summary.GetProperty("least").GetDouble().Should().Be(3);
        summary.GetProperty("most").GetDouble().Should().Be(36);
        Directory.GetFiles(_folder).Select(Path.GetFileName)
            .Should().Contain(["map.png", "histogram.svg", "windows.svg"]);
        File.ReadAllText(Path.Combine(_folder, "windows.svg")).Should().Contain("class=\"span\"");
    }

    [Fact]
    public async Task Patterns_give_the_mean_pattern_with_the_radii()
    {
        string file = Path.Combine(_folder, "patterns.npz");
        float[] patterns = new float[2 * 2 * 16 * 16];
        for (int i = 0; i < patterns.Length; i++)
        {
            // One bright px, further right from place to place.
            patterns[i] = i % 256 == (7 * 16) + 6 + (i / 256) ? 100 : 0;
        }

        Write(file, "frames", [2, 2, 16, 16], patterns);

        using DklProcess dkl = await DklAsync(
            file, "--json", "--with", "kind=com-column", "centre=7 px, 6 px", "radius=6 px");

        dkl.ExitCode.Should().Be(0, dkl.Error);
        dkl.Summary.GetProperty("least").GetDouble().Should().BeApproximately(0, 1e-6);
        dkl.Summary.GetProperty("most").GetDouble().Should().BeApproximately(3, 1e-6);
        Directory.GetFiles(_folder).Select(Path.GetFileName).Should().Contain(["map.png", "pattern.png"]);
    }

    [Theory]
    [InlineData("kind=band-som", "did you mean 'band-sum'")]
    [InlineData("kind=com-row", "takes diffraction patterns")]
    [InlineData("window=1 eV .. 2 eV", "kind=… is missing")]
    [InlineData("nonsense", "write KEY=VALUE")]
    public async Task What_cannot_be_meant_is_refused_in_words(string with, string words)
    {
        using DklProcess dkl = await DklAsync(WriteSpectra(), "--array", "frames", "--with", with);

        dkl.ExitCode.Should().Be(2);
        dkl.Error.Should().Contain(words);
    }

    [Fact]
    public async Task A_window_off_the_axis_is_refused()
    {
        using DklProcess dkl = await DklAsync(
            WriteSpectra(), "--array", "frames", "--with", "kind=band-sum", "window=50 eV .. 60 eV");

        dkl.ExitCode.Should().Be(2);
        dkl.Error.Should().Contain("does not lie on the energy axis");
    }

    private string WriteSpectra()
    {
        string file = Path.Combine(_folder, "spectra.npz");
        float[] counts = [.. Enumerable.Range(0, 3 * 4 * 10).Select(static i => (float)((i / 10) + 1))];
        Write(file, "frames", [3, 4, 10], counts);
        return file;
    }

    private static void Write(string file, string name, int[] shape, float[] values)
    {
        using FileStream stream = File.Create(file);
        using var writer = new NpzWriter(stream);
        writer.Add<float>(name, shape, values);
    }

    private Task<DklProcess> DklAsync(string file, params string[] arguments) =>
        DklProcess.RunAsync(_folder, ["scalarize", file, "--out", _folder, .. arguments]);
}
