using System.Globalization;
using System.Text;
using DklActors.Actors.Experiments;
using DklActors.Actors.Replaying;
using DklActors.Actors.Replaying.Counterfactuals;
using DklActors.Host.Commands;
using DklActors.Host.Composition;
using DklActors.Host.Journals;
using DklActors.Host.Recipes;
using DklActors.Host.Running;
using DklActors.Instruments.Ports;
using DklActors.Journal.Storage;
using DklActors.Learning.Scoring;
using DklActors.Messages.Events;
using Spectre.Console;

namespace DklActors.Host.Replaying;

/// <summary><c>dkl replay RUN --what-if key=value</c>: what another choice would have said and done.</summary>
internal sealed class WhatIfSession(
    RecordedRun run, WhatIfChanges changes, bool measuredOnly, string? folder, bool json, TimeProvider time)
{
    private readonly TextWriter _words = json ? Console.Error : Console.Out;

    public async Task<ExitCode> RunAsync(CancellationToken cancellationToken)
    {
        RequireUnchanged();
        RunDesign design = run.Design();
        RunDesign other = run.Design([.. changes.Overrides]);
        using IInstrument? microscope = run.Instrument(design.Recipe);
        RunRecord recorded = BeliefHistory.Until(run, design, microscope, long.MaxValue, _words.WriteLine);
        if (recorded.Candidates is null || recorded.Posterior is null)
        {
            throw new UsageException("The run has no model, so there is nothing that another choice could differ in.");
        }

        RunSource source = run.SourceOf(design);
        RunSource otherSource = run.SourceOf(other);
        WhatIfReport report = new WhatIfReplay(source, otherSource, LearnsOtherwise(design, other))
            .Run(cancellationToken)!;
        var numbers = WhatIfNumbers.Of(report, recorded.Candidates, recorded.Posterior);
        await _words.WriteLineAsync($"{changes.Label}, on the {recorded.State.Measured} points that were measured:")
            .ConfigureAwait(false);
        foreach (string line in WhatIfTable.Lines(numbers))
        {
            await _words.WriteLineAsync(line).ConfigureAwait(false);
        }

        RunRecord? counterfactual = await CounterfactualAsync(other, cancellationToken).ConfigureAwait(false);
        if (counterfactual is not null)
        {
            IAnsiConsole console = AnsiConsole.Create(
                new AnsiConsoleSettings { Out = new AnsiConsoleOutput(_words) });
            console.Write(WhatIfTable.SideBySide(recorded, counterfactual));
        }

        string figures = folder ?? Path.Combine(run.Folder, "figures", changes.FolderName);
        Write(figures, design, other, recorded, report, counterfactual);
        if (json)
        {
            Console.WriteLine(ReplayJson.Of(new
            {
                run = run.Stream,
                whatIf = changes.Label,
                numbers,
                recorded = ScoreOf(recorded),
                counterfactual = counterfactual is null ? null : ScoreOf(counterfactual),
                folder = figures,
            }));
        }

        return ExitCode.Done;
    }

    /// <summary>
    /// Another choice from the start is compared with what was chosen at the start; where a person chose otherwise half
    /// way, neither is what the run did.
    /// </summary>
    private void RequireUnchanged()
    {
        foreach (StoredEvent stored in run.Journal.Read(run.Stream))
        {
            if (stored.Event is ScalarizerChanged or AcquisitionChanged)
            {
                throw new UsageException(
                    $"The run was changed while it went on (event {stored.Ordering}, {stored.Manifest}: "
                    + $"{EventEssentials.Of(stored.Event)}); there is no answer to --what-if of such a run. "
                    + "Look at it with --at, or verify it with --verify.");
            }
        }
    }

    private static MapScore? ScoreOf(RunRecord record) =>
        record.Posterior is { } belief ? record.Scorer?.Score(belief) : null;

    private static bool LearnsOtherwise(RunDesign design, RunDesign other) =>
        design.Scalarizer.Identity != other.Scalarizer.Identity
        || design.Recipe.Learning != other.Recipe.Learning
        || design.Recipe.Patch != other.Recipe.Patch
        || design.Recipe.Seed != other.Recipe.Seed;

    private async Task<RunRecord?> CounterfactualAsync(RunDesign other, CancellationToken cancellationToken)
    {
        if (measuredOnly)
        {
            return null;
        }

        if (RecordedRun.Absence(other.Recipe) is { } absence)
        {
            await _words.WriteLineAsync($"{absence}: the other choice cannot be run to its end.")
                .ConfigureAwait(false);
            return null;
        }

        Recipe recipe = RecipeReader.ReadUsed(
            RunFolder.RecipeIn(run.Folder), changes.Overrides, out RecipeOrigins origins);
        Experiment experiment = ExperimentBuilder.Build(recipe, origins, time);
        using (experiment.Microscope)
        {
            return await new CounterfactualRun(experiment, time).RunAsync(Console.Error, cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private void Write(
        string figures,
        RunDesign design,
        RunDesign other,
        RunRecord recorded,
        WhatIfReport report,
        RunRecord? counterfactual)
    {
        Directory.CreateDirectory(figures);
        var asRecorded = new WhatIfFigures.Side(
            WhatIfFigures.Recorded,
            design,
            recorded.Candidates!,
            recorded.Posterior!,
            WhatIfFigures.VisitedIn(recorded));
        List<string> written = [];
        if (report.Belief is { } belief)
        {
            Save("maps-same-points.png", WhatIfFigures.Maps(
                $"{design.Recipe.Title}: what if {changes.Label}, from the same measurements",
                asRecorded,
                asRecorded with
                {
                    Name = "what if", Design = other, Candidates = report.Candidates, Belief = belief,
                }));
        }

        if (counterfactual is { Candidates: { } candidates, Posterior: { } end })
        {
            string title = $"{design.Recipe.Title}: what if {changes.Label}";
            Save("maps.png", WhatIfFigures.Maps(
                title,
                asRecorded,
                new WhatIfFigures.Side(
                    "what if", other, candidates, end, WhatIfFigures.VisitedIn(counterfactual))));
            Save("learning-curves.svg", Encoding.UTF8.GetBytes(
                WhatIfFigures.Curves(title, design, recorded, other, counterfactual)));
        }

        Save("decisions.csv", Encoding.UTF8.GetBytes(Csv(report)));
        _words.WriteLine($"figures    {figures}: {string.Join(", ", written)}");

        void Save(string name, byte[] bytes)
        {
            File.WriteAllBytes(Path.Combine(figures, name), bytes);
            written.Add(name);
        }
    }

    private static string Csv(WhatIfReport report)
    {
        var text = new StringBuilder("point,row,column,other_row,other_column,distance_px\n");
        foreach (OtherDecision decision in report.Decisions)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{decision.Point.Value},{decision.Target.Row},{decision.Target.Column},{decision.Other?.Row},"
                + $"{decision.Other?.Column},{decision.Distance:R}\n");
        }

        return text.ToString();
    }
}
