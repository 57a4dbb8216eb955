using System.Globalization;
using DklActors.Journal.Export;
using DklActors.Journal.Export.Points;
using DklActors.Journal.Tests.Kit;

namespace DklActors.Journal.Tests.Export;

public sealed class DecisionTableTests
{
    [Fact]
    public async Task Each_point_has_a_row_with_as_many_cells_as_there_are_names()
    {
        List<string[]> rows = await RowsAsync();

        rows.Should().HaveCount(7).And.OnlyContain(row => row.Length == rows[0].Length);
        rows[0].Should().OnlyHaveUniqueItems().And.Contain(["point", "score", "predicted_mean", "scalar", "remark"]);
        rows.Skip(1).Select(row => row[0]).Should().BeEquivalentTo("1", "2", "3", "4", "5", "6");
    }

    [Fact]
    public async Task Numbers_read_back_as_they_were_and_what_is_unknown_is_empty()
    {
        List<string[]> rows = await RowsAsync();

        double.Parse(Cell(rows, 3, "scalar"), CultureInfo.InvariantCulture).Should().Be(1.0 / 3.0);
        double.Parse(Cell(rows, 3, "predicted_mean"), CultureInfo.InvariantCulture).Should().Be(3.0 / 7.0);
        Cell(rows, 3, "quality").Should().Be("suspect");
        Cell(rows, 3, "pending").Should().Be("1");
        Cell(rows, 3, "probe_row_px").Should().Be("3.125");
        Cell(rows, 1, "predicted_mean").Should().BeEmpty();
        Cell(rows, 2, "scalar").Should().BeEmpty("a bad scalar is no number");
        Cell(rows, 6, "probe_row_px").Should().BeEmpty();
        Cell(rows, 6, "outcome").Should().Be("planned");
        Cell(rows, 2, "dwell_s").Should().Be("0.02");
    }

    [Fact]
    public async Task Text_with_commas_and_quotes_stays_in_its_cell()
    {
        await using var run = new MadeRun();
        await run.BeginAsync();
        await run.PlanAsync(1, modelVersion: 0);
        await run.AppendAsync(new DklActors.Messages.Events.PointAbandoned(new(1), "a \"far\" place,\nout of reach"));
        using var text = new StringWriter();
        DecisionTable.Write(text, PointStories.Of(run.Events));

        text.ToString().Should().EndWith(",\"a \"\"far\"\" place,\nout of reach\"\r\n");
    }

    private static string Cell(List<string[]> rows, int point, string column) =>
        rows.Single(row => row[0] == $"{point}")[Array.IndexOf(rows[0], column)];

    private static async Task<List<string[]>> RowsAsync()
    {
        await using MadeRun run = await MadeRun.WithEverythingAsync(point => MadeRun.Spectrum(point));
        using var text = new StringWriter();
        DecisionTable.Write(text, PointStories.Of(run.Events)).Should().Be(6);
        // No text of this run needs quoting.
        return [.. text.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(row => row.Split(','))];
    }
}
