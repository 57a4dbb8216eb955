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
        dkl.Out.Should().Contain("| 8 | dkl |").And.Contain("the median error is lowest for");

        string[] lines = await File.ReadAllLinesAsync(Path.Combine(folder.Run, "comparison.csv"));
        string[][] rows = [.. lines.Skip(1).Select(line => line.Split(','))];
        // Steps 0, 4, 5 and 8 of three strategies on two seeds.
        rows.Should().HaveCount(4 * 3 * 2);
        rows.Should().OnlyContain(row => double.Parse(row[3], CultureInfo.InvariantCulture) > 0);
        rows.Select(row => (row[0], row[1], row[2])).Should().OnlyHaveUniqueItems();

        string report = await File.ReadAllTextAsync(Path.Combine(folder.Run, "report.html"));
        report.Should().Contain("<svg").And.Contain("<table>").And.NotContain("<script").And.NotContain("href=\"http");
        File.Exists(Path.Combine(folder.Run, "curves.svg")).Should().BeTrue();
        (await File.ReadAllTextAsync(Path.Combine(folder.Run, "comparison.md"))).Should().Contain("**");
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
