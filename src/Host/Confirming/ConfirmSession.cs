using System.Text.Json;
using DklActors.Host.Commands;
using DklActors.Host.Composition;
using DklActors.Host.Replaying;
using DklActors.Host.Reporting;
using DklActors.Host.Running;
using DklActors.Instruments.Ports;
using DklActors.Learning.Candidates;
using DklActors.Messages.Geometry;

namespace DklActors.Host.Confirming;

/// <summary>
/// <c>dkl confirm RUN</c>: decomposes the frames without regard to what was searched for, and shows which component
/// goes with what the run found.
/// </summary>
internal sealed class ConfirmSession(ConfirmRequest request, TimeProvider time)
{
    private static readonly JsonSerializerOptions Camel = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public ExitCode Run()
    {
        var run = RecordedRun.Open(request.Run, time);
        RunDesign design = run.Design();
        using IInstrument? microscope = run.Instrument(design.Recipe);
        List<string> notes = [];
        RunRecord record = BeliefHistory.Until(run, design, null, long.MaxValue, notes.Add);
        if (record.Candidates is not { } candidates || record.State.Measured == 0)
        {
            throw new UsageException($"The run in {request.Run} has no frame yet; there is nothing to confirm.");
        }

        bool all = microscope?.Truth is not null && !request.MeasuredOnly;
        CollectedFrames frames = all
            ? CollectedFrames.OfAll(microscope!.Truth!, candidates)
            : CollectedFrames.OfMeasured(run, record);
        (Func<GridPoint, double> found, string foundIs) = FoundBy(record, candidates, all);
        var confirmation = Confirmation.Of(frames, request.Components, found, foundIs);
        IReadOnlyList<string> figures = new ConfirmationFigures(
            confirmation, candidates, FigureWriter.QuantityOf(design))
            .Write(request.Folder ?? Path.Combine(run.Folder, "figures"));
        Tell(confirmation, notes, figures);
        return ExitCode.Done;
    }

    /// <summary>What the run predicts everywhere, or, of measured places only, what it measured there.</summary>
    private static (Func<GridPoint, double> Found, string Words) FoundBy(
        RunRecord record, CandidateSet candidates, bool all)
    {
        if (all && record.Posterior is { } belief)
        {
            return (
                point => candidates.TryIndexOf(point, out int candidate) ? belief.Mean[candidate] : double.NaN,
                "Predicted by the run");
        }

        Dictionary<GridPoint, double> measured = record.State.UsableScalars()
            .GroupBy(static usable => usable.Patch)
            .ToDictionary(static group => group.Key, static group => group.First().Scalar.Value);
        return (point => measured.TryGetValue(point, out double value) ? value : double.NaN, "Measured by the run");
    }

    private void Tell(Confirmation confirmation, List<string> notes, IReadOnlyList<string> figures)
    {
        TextWriter words = request.Json ? Console.Error : Console.Out;
        words.WriteLine(
            $"{confirmation.Factors.Count} components of {confirmation.Frames.Source}, "
            + $"{confirmation.Factors.Iterations} iterations, {confirmation.Factors.Residual:P2} unexplained");
        words.WriteLine("component   of all counts   correlation with what the run found   of ranks");
        foreach (Agreement agreement in confirmation.Agreements)
        {
            words.WriteLine(
                $"{agreement.Component,9}   {agreement.Share,13:P1}   {agreement.Pearson,35:F3}   "
                + $"{agreement.Spearman,8:F3}");
        }

        words.WriteLine(confirmation.Best switch
        {
            null => "No component can be compared with what the run found: it is the same everywhere.",
            { } best => $"Component {best.Component} goes "
                + (Math.Abs(best.Pearson) >= 0.8 ? "well" : Math.Abs(best.Pearson) >= 0.5 ? "somewhat" : "hardly")
                + (best.Pearson < 0 ? ", the other way round," : "") + " with what the run found.",
        });
        foreach (string note in notes.Distinct())
        {
            words.WriteLine(note);
        }

        words.WriteLine($"figures  {string.Join(", ", figures)}");
        if (request.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new
                {
                    confirmation.Frames.Source,
                    Frames = confirmation.Frames.Places.Count,
                    confirmation.Factors.Residual,
                    confirmation.Agreements,
                    Best = confirmation.Best?.Component,
                    Figures = figures,
                },
                Camel));
        }
    }
}
