using System.Globalization;
using DklActors.Actors.Replaying.Verification;
using Spectre.Console;

namespace DklActors.Host.Replaying;

/// <summary>The outcome of a verification, for people.</summary>
internal static class VerificationText
{
    private const int MostShown = 10;

    public static void Write(TextWriter words, VerificationReport report)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(words) });
        foreach (string note in report.Notes)
        {
            words.WriteLine(note);
        }

        console.Write(TableOf(report));
        foreach (Divergence divergence in report.Divergences.Take(MostShown))
        {
            words.WriteLine(Line(divergence));
        }

        foreach (CheckCount check in report.Checks.Where(check => check.LargestDeviation > 0))
        {
            words.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"largest deviation of {check.What.ToString().ToLowerInvariant()}: {check.LargestDeviation:G2}"));
        }

        if (report.Chain.IsIntact)
        {
            words.WriteLine(Speed(report));
        }

        words.WriteLine(Verdict(report));
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
            : $"{report.Diverged} {(report.Diverged == 1 ? "divergence" : "divergences")}{beyond}. The first: "
                + Line(report.Divergences[0]);
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
            { "what", "checked", "same bits", "close", "as stored", "beyond", "diverging" })
        {
            table.AddColumn(heading == "what" ? new TableColumn(heading) : new TableColumn(heading).RightAligned());
        }

        string fault = report.Chain.IsIntact ? "0" : "1";
        table.AddRow("chain", $"{report.Chain.Events}", $"{report.Chain.Events}", "", "", "", fault);
        table.AddRow("contents", $"{report.Chain.Contents}", $"{report.Chain.Contents}", "", "", "", "0");
        foreach (CheckCount check in report.Checks)
        {
            string ties = check.Ties > 0 ? $" ({check.Ties} ties)" : "";
            table.AddRow(
                check.What.ToString().ToLowerInvariant(),
                $"{check.Checked}",
                $"{check.Same}",
                $"{check.WithinTolerance}{ties}",
                $"{check.AsStored}",
                $"{check.NotDerivable}",
                $"{check.Divergent}");
        }

        return table;
    }
}
