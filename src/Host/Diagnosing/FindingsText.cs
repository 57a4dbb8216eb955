using Spectre.Console;

namespace DklActors.Host.Diagnosing;

/// <summary>Findings for people.</summary>
internal static class FindingsText
{
    private const int PipedWidth = 150;

    public static void Print(IReadOnlyList<Finding> findings)
    {
        bool isPiped = Console.IsOutputRedirected;
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Console.Out),
            Ansi = isPiped ? AnsiSupport.No : AnsiSupport.Detect,
        });
        if (isPiped)
        {
            console.Profile.Width = PipedWidth;
        }

        Table table = new Table().Border(TableBorder.Simple);
        table.AddColumn("").AddColumn("what").AddColumn("found, and what to do");
        foreach (Finding finding in findings)
        {
            string remedy = finding.Remedy is { } what ? $"\n→ {what}" : "";
            table.AddRow(MarkOf(finding.Verdict), Markup.Escape(finding.What), Markup.Escape(finding.Found + remedy));
        }

        console.Write(table);
        int troubles = findings.Count(static finding => finding.Verdict == Verdict.Trouble);
        int warnings = findings.Count(static finding => finding.Verdict == Verdict.Warning);
        console.WriteLine(troubles + warnings == 0
            ? "All is well."
            : $"{Count(troubles, "trouble")}, {Count(warnings, "warning")}.");
    }

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    private static string MarkOf(Verdict verdict) => verdict switch
    {
        Verdict.Ok => "[green]ok[/]",
        Verdict.Warning => "[yellow]warning[/]",
        _ => "[red]TROUBLE[/]",
    };
}
