using System.Globalization;
using DklActors.Actors.Replaying.Verification;
using Spectre.Console;

namespace DklActors.Host.Replaying;

/// <summary>The outcome of a verification, for people.</summary>
internal static class VerificationText
{
    private const int MostShown = 10;

    public static void Write(IAnsiConsole console, VerificationReport report)
    {
        foreach (string note in report.Notes)
        {
            console.WriteLine(note);
        }

        console.Write(TableOf(report));
        foreach (Divergence divergence in report.Divergences.Take(MostShown))
        {
            console.WriteLine(Line(divergence));
        }

        if (report.Chain.IsIntact)
        {
            console.WriteLine(Speed(report));
        }

        console.WriteLine(Verdict(report));
    }

    public static string Verdict(VerificationReport report)
    {
        if (!report.Chain.IsIntact)
        {
            return $"DAMAGED: {report.Chain.FirstFault} Nothing was derived from it.";
        }

        string beyond = report.NotDerivable > 0
            ? $"; {report.NotDerivable} results are beyond this version of the software, see above"
            : "";
        return report.Diverged == 0
            ? $"0 divergences{beyond}"
            : $"{report.Diverged} divergences{beyond}. The first: {Line(report.Divergences[0])}";
    }

    /// <summary>Where, what, expected and found.</summary>
    public static string Line(Divergence divergence)
    {
        string point = divergence.Point is { } id ? $", point {id}" : "";
        return $"event {divergence.Ordering} ({divergence.Event}{point}): {divergence.Difference.Field}: "
            + $"expected {divergence.Difference.Expected}, found {divergence.Difference.Found}";
    }

    private static string Speed(VerificationReport report)
    {
        double ratio = report.Took / report.Computing;
        string times = double.IsFinite(ratio)
            ? string.Create(CultureInfo.InvariantCulture, $", {ratio:F2} of it")
            : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"verified in {report.Took.TotalSeconds:F2} s; the run spent {report.Computing.TotalSeconds:F2} s on "
            + $"planning, training and scalarizing{times}");
    }

    private static Table TableOf(VerificationReport report)
    {
        Table table = new Table().Border(TableBorder.Simple);
        foreach (string heading in new[]
            { "what", "checked", "bit for bit", "within tolerance", "as stored", "beyond", "divergences" })
        {
            table.AddColumn(heading == "what" ? new TableColumn(heading) : new TableColumn(heading).RightAligned());
        }

        string fault = report.Chain.IsIntact ? "0" : "1";
        table.AddRow("chain, events", $"{report.Chain.Events}", $"{report.Chain.Events}", "", "", "", fault);
        table.AddRow("chain, contents", $"{report.Chain.Contents}", $"{report.Chain.Contents}", "", "", "", "0");
        foreach (CheckCount check in report.Checks)
        {
            string ties = check.Ties > 0 ? $" ({check.Ties} ties)" : "";
            table.AddRow(
                Name(check.What),
                $"{check.Checked}",
                $"{check.Same}",
                $"{check.WithinTolerance}{ties}",
                $"{check.AsStored}",
                $"{check.NotDerivable}",
                $"{check.Divergent}");
        }

        return table;
    }

    private static string Name(CheckedThing what) => what switch
    {
        CheckedThing.Events => "events are legal",
        CheckedThing.Survey => "image, candidates",
        CheckedThing.Patches => "patches at the read-back",
        CheckedThing.Scalars => "scalars from raw frames",
        CheckedThing.Models => "models from scalars",
        _ => "decisions from their data",
    };
}
