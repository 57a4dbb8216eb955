using System.Text.Json;
using DklActors.Instruments.Files;

namespace DklActors.Host.Tests.EndToEnd;

public sealed class ReconstructTests
{
    // 40 px, of which a 7 px patch fits around 34 × 34; the sample's default spectra.
    private const int Edge = 34;
    private const int Channels = 400;

    [Fact]
    public async Task A_recipe_gives_the_spectra_of_all_places_and_says_how_good_they_are()
    {
        using var folder = new RunFolderOnDisk();
        using DklProcess dkl = await DklProcess.RunAsync(
            folder.Parent, "reconstruct", folder.WriteRecipe(dwell: "100 ms"), "--out", folder.Run, "--fraction", "4%",
            "--json");

        dkl.ExitCode.Should().Be(0, dkl.Error);
        JsonElement summary = dkl.Summary;
        summary.GetProperty("candidates").GetInt32().Should().Be(Edge * Edge);
        summary.GetProperty("measured").GetInt32().Should().Be(46);
        summary.GetProperty("truth").GetString().Should().Be("noise-free");
        JsonElement[] methods = [.. summary.GetProperty("methods").EnumerateArray()];
        double own = methods[0].GetProperty("error").GetDouble();
        methods[1..].Should().OnlyContain(method => method.GetProperty("error").GetDouble() > 1.2 * own);
        methods[0].GetProperty("coverage68").GetDouble().Should().BeInRange(0.55, 0.9);
        methods[0].GetProperty("coverage95").GetDouble().Should().BeInRange(0.85, 0.995);
        dkl.Error.Should().Contain("| vector-dkl |").And.Contain("| mean frame |");
        foreach (string figure in new[] { "overview.png", "components.png", "spectra.svg", "channels.svg" })
        {
            new FileInfo(Path.Combine(folder.Run, "figures", figure)).Length.Should().BeGreaterThan(1000);
        }

        RequireConsistentArchive(folder.Run, summary.GetProperty("components").GetInt32());
    }

    [Fact]
    public async Task A_finished_run_is_reconstructed_from_its_own_frames_and_stays_as_it_was()
    {
        using var folder = new RunFolderOnDisk();
        using DklProcess run = await DklProcess.RunAsync(
            folder.Parent, "run", folder.WriteRecipe(measurements: 15), "--out", folder.Run);
        run.ExitCode.Should().Be(0, run.Error);
        byte[] journal = await File.ReadAllBytesAsync(folder.Journal);
        string results = Path.Combine(folder.Parent, "results");

        using DklProcess dkl = await DklProcess.RunAsync(
            folder.Parent, "reconstruct", folder.Run, "--out", results, "--components-only", "--components", "2",
            "--json");

        dkl.ExitCode.Should().Be(0, dkl.Error);
        dkl.Summary.GetProperty("measured").GetInt32().Should().Be(20);
        dkl.Summary.GetProperty("components").GetInt32().Should().Be(2);
        (await File.ReadAllBytesAsync(folder.Journal)).Should().Equal(journal);
        using ArrayContainer archive = ArrayContainer.Open(Path.Combine(results, "reconstruction.npz"));
        archive.Names.Should().NotContain("mean").And.NotContain("deviation").And.Contain("component_frames");
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_bytes()
    {
        using var folder = new RunFolderOnDisk();
        string recipe = folder.WriteRecipe();
        byte[][] archives = new byte[2][];
        for (int i = 0; i < 2; i++)
        {
            string results = Path.Combine(folder.Parent, $"results-{i}");
            using DklProcess dkl = await DklProcess.RunAsync(
                folder.Parent, "reconstruct", recipe, "--out", results, "--measurements", "20", "--components-only");
            dkl.ExitCode.Should().Be(0, dkl.Error);
            archives[i] = await File.ReadAllBytesAsync(Path.Combine(results, "reconstruction.npz"));
        }

        archives[1].Should().Equal(archives[0]);
    }

    [Theory]
    [InlineData("--fraction some", "such as 1% or 0.01")]
    [InlineData("--fraction 0.1%", "1156 candidates are 1 points")]
    [InlineData("--fraction 2% --measurements 20", "give one")]
    [InlineData("--measurements 3", "8 to 2000")]
    [InlineData("--measurements 1500", "leave nothing to predict")]
    [InlineData("--points nearest", "maximum-uncertainty or space-filling")]
    [InlineData("--components 0", "1 to 256")]
    public async Task What_cannot_be_reconstructed_is_refused_with_a_remedy(string options, string remedy)
    {
        using var folder = new RunFolderOnDisk();
        using DklProcess dkl = await DklProcess.RunAsync(
            folder.Parent, ["reconstruct", folder.WriteRecipe(), "--out", folder.Run, .. options.Split(' ')]);

        dkl.ExitCode.Should().Be(2);
        dkl.Error.Should().Contain(remedy);
        Directory.Exists(folder.Run).Should().BeFalse();
    }

    [Fact]
    public async Task A_folder_without_a_run_and_a_run_that_would_be_overwritten_are_named()
    {
        using var folder = new RunFolderOnDisk();
        using DklProcess empty = await DklProcess.RunAsync(folder.Parent, "reconstruct", folder.Parent);
        empty.ExitCode.Should().Be(2);

        // The folder holds a recipe by then, and still no journal.
        string recipe = folder.WriteRecipe();
        using DklProcess noJournal = await DklProcess.RunAsync(folder.Parent, "reconstruct", folder.Parent);
        noJournal.ExitCode.Should().Be(2);
        noJournal.Error.Should().Contain("holds no run").And.Contain("journal.db");

        Directory.CreateDirectory(folder.Run);
        await File.WriteAllTextAsync(folder.Journal, "a run");
        using DklProcess taken = await DklProcess.RunAsync(
            folder.Parent, "reconstruct", recipe, "--out", folder.Run);
        taken.ExitCode.Should().Be(2);
        taken.Error.Should().Contain("holds a run").And.Contain("another --out");
    }

    private static void RequireConsistentArchive(string folder, int components)
    {
        using ArrayContainer archive = ArrayContainer.Open(Path.Combine(folder, "reconstruction.npz"));
        DataArray mean = archive.Read("mean"), deviation = archive.Read("deviation"), scores = archive.Read("scores");
        DataArray meanFrame = archive.Read("mean_frame"), frames = archive.Read("component_frames");
        mean.Shape.Should().Equal(Edge, Edge, Channels);
        deviation.Shape.Should().Equal(Edge, Edge, Channels);
        scores.Shape.Should().Equal(Edge, Edge, components);
        archive.Read("positions_px").ToDoubles()[..4].Should().Equal(3, 3, 3, 4);
        archive.Read("energy_eV").Count.Should().Be(Channels);
        archive.Read("measured").Count.Should().Be(46);
        const int Candidate = 517;
        for (int j = 0; j < Channels; j++)
        {
            double expected = meanFrame[j];
            for (int k = 0; k < components; k++)
            {
                expected += scores[(Candidate * components) + k] * frames[(k * Channels) + j];
            }

            mean[(Candidate * Channels) + j].Should()
                .BeApproximately(Math.Max(expected, 0.0), 1e-3 * (1.0 + Math.Abs(expected)));
            deviation[(Candidate * Channels) + j].Should().BePositive();
        }
    }
}
