using System.Globalization;

namespace DklActors.Host.Tests.EndToEnd;

public sealed class CompareTests
{
    [Fact]
    public async Task A_comparison_leaves_its_table_its_curves_and_a_report()
    {
        using var folder = new RunFolderOnDisk();
        using DklProcess dkl = await DklProcess.RunAsync(
            folder.Parent, "compare", folder.WriteRecipe(), "--out", folder.Run,
            "--strategies", "random,xy-gp,dkl", "--seeds", "2", "--steps", "4,8");

        dkl.ExitCode.Should().Be(0, dkl.Error);
        dkl.Out.Should().Contain("| 8 | dkl |").And.Contain("has the lowest RMSE")
            .And.Contain("| maximum found after |").And.Contain("the 2 seeds do not all agree");

        string[] lines = await File.ReadAllLinesAsync(Path.Combine(folder.Run, "comparison.csv"));
        string[][] rows = [.. lines.Skip(1).Select(line => line.Split(','))];
        // Steps 0, 4, 5 and 8 of three strategies on two seeds.
        rows.Should().HaveCount(4 * 3 * 2);
        rows.Should().OnlyContain(row => double.Parse(row[3], CultureInfo.InvariantCulture) > 0);
        rows.Should().OnlyContain(row => row.Length == lines[0].Split(',').Length);
        rows.Select(row => (row[0], row[1], row[2])).Should().OnlyHaveUniqueItems();

        string report = await File.ReadAllTextAsync(Path.Combine(folder.Run, "report.html"));
        report.Should().Contain("has the lowest RMSE").And.Contain("<th>distinct</th>");
        report.Should().Contain("<svg").And.Contain("<table>").And.NotContain("<script").And.NotContain("href=\"http");
        File.Exists(Path.Combine(folder.Run, "curves.svg")).Should().BeTrue();
        (await File.ReadAllTextAsync(Path.Combine(folder.Run, "comparison.md"))).Should().Contain("**");
    }

    // The titanium signal follows the scan, and what the image adds to position is not worth much.
    [SharedDataFact("si_eels_interface/SI-EELS.dm3")]
    public async Task Across_the_interface_structure_is_said_to_be_of_little_use()
    {
        using var folder = new RunFolderOnDisk();
        using DklProcess dkl = await DklProcess.RunAsync(
            folder.Parent, "compare", RepositoryRoot.PathOf("config/experiments/eels-interface.yaml"),
            "--out", folder.Run, "--strategies", "xy-gp,pca-gp,features-gp", "--seeds", "3", "--steps", "50");

        dkl.ExitCode.Should().Be(0, dkl.Error);
        dkl.Out.Should().MatchRegex("Structure (does not help|hardly helps): position alone");
    }

    [SharedDataFact("pfm_beps/pfm.npz")]
    public async Task Runs_that_start_from_the_same_points_and_never_draw_are_counted_once()
    {
        using var folder = new RunFolderOnDisk();
        using DklProcess dkl = await DklProcess.RunAsync(
            folder.Parent, "compare", RepositoryRoot.PathOf("config/experiments/pfm-domains.yaml"),
            "--out", folder.Run, "--strategies", "xy-gp,random", "--seeds", "2", "--steps", "2");

        dkl.ExitCode.Should().Be(0, dkl.Error);
        dkl.Out.Should().Contain("All runs start from the same 10 points, which the data name")
            .And.Contain("xy-gp 1 distinct.");
    }

    [Theory]
    [InlineData("--strategies", "oracle", "pca-gp")]
    [InlineData("--steps", "ten", "--steps 10,25,50")]
    [InlineData("--seeds", "0", "1 to 10000")]
    public async Task What_cannot_be_compared_is_refused_with_a_remedy(string option, string value, string remedy)
    {
        using var folder = new RunFolderOnDisk();
        using DklProcess dkl = await DklProcess.RunAsync(
            folder.Parent, "compare", folder.WriteRecipe(), "--out", folder.Run, option, value);

        dkl.ExitCode.Should().Be(2);
        dkl.Error.Should().Contain(remedy);
        Directory.Exists(folder.Run).Should().BeFalse();
    }
}
