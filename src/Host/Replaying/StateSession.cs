using System.Globalization;
using DklActors.Host.Commands;
using DklActors.Host.Composition;
using DklActors.Host.Reporting;
using DklActors.Host.Running;
using DklActors.Instruments.Ports;

namespace DklActors.Host.Replaying;

/// <summary><c>dkl replay RUN --at SEQ</c>: the state and the maps as they were after an event.</summary>
internal sealed class StateSession(RecordedRun run, long at, string? folder, bool json)
{
    public ExitCode Run()
    {
        RunDesign design = run.Design();
        RequireEvent();
        List<string> notes = [];
        using IInstrument? microscope = run.Instrument(design.Recipe);
        if (microscope is null)
        {
            notes.Add($"{RecordedRun.Absence(design.Recipe)}: the maps are shown without the known one.");
        }

        RunRecord record = BeliefHistory.Until(run, design, microscope, at, Note);
        var report = StateReport.Of(record, design.Settings.Plan.Total);
        string figures = folder ?? Path.Combine(
            run.Folder, "figures", $"at-{at.ToString(CultureInfo.InvariantCulture)}");
        IReadOnlyList<string> written = FigureWriter.Write(figures, design.InForceIn(record.State), record);
        TextWriter words = json ? Console.Error : Console.Out;
        foreach ((string label, string text) in report.Rows())
        {
            words.WriteLine($"{label,-9}{text}");
        }

        foreach (PastEvent past in report.Last)
        {
            words.WriteLine($"{past.Ordering,7}  {past.Event,-24} {past.About}".TrimEnd());
        }

        foreach (string note in notes)
        {
            words.WriteLine(note);
        }

        words.WriteLine(written.Count == 0
            ? "figures  none yet: there is no structural image"
            : $"figures  {figures}: {string.Join(", ", written.Select(Path.GetFileName))}");
        if (json)
        {
            Console.WriteLine(ReplayJson.Of(report));
        }

        return ExitCode.Done;

        void Note(string note)
        {
            if (!notes.Contains(note))
            {
                notes.Add(note);
            }
        }
    }

    private void RequireEvent()
    {
        long first = 0, last = 0;
        foreach (var stored in run.Journal.Read(run.Stream))
        {
            first = first == 0 ? stored.Ordering : first;
            last = stored.Ordering;
        }

        if (at < first || at > last)
        {
            throw new UsageException($"--at {at}: the run has the events {first} to {last}.");
        }
    }
}
