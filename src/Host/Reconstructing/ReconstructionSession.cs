using DklActors.Host.Commands;
using DklActors.Host.Composition;
using DklActors.Host.Figures.Maps;
using DklActors.Host.Recipes;
using DklActors.Host.Running;
using DklActors.Instruments.Ports;
using DklActors.Learning.Engines;
using DklActors.Learning.Ladder;
using DklActors.Learning.Vectors;
using DklActors.Messages.Frames;

namespace DklActors.Host.Reconstructing;

/// <summary>One <c>dkl reconstruct</c>: from the request to the archive and the figures.</summary>
internal sealed class ReconstructionSession(ReconstructionRequest request, TimeProvider time)
{
    private static readonly string[] BaselineModels = ["xy-gp", "pca-gp"];

    private readonly long _startedAt = time.GetTimestamp();

    /// <exception cref="UsageException">What was asked for cannot be done; says what to change.</exception>
    public async Task<ExitCode> RunAsync(CancellationToken cancellationToken)
    {
        if (request.Out is { } chosen && RunFolder.HoldsRun(chosen))
        {
            throw new UsageException(
                $"{chosen} holds a run, whose summary and figures this would replace; choose another --out.");
        }

        string recipePath = request.IsRun ? RecipeOf(request.Source) : request.Source;
        Recipe recipe = RecipeReader.Read(recipePath, request.Overrides, out RecipeOrigins origins);
        Experiment experiment = request.IsRun
            ? ExperimentBuilder.BuildAsRecorded(recipe, origins, time)
            : ExperimentBuilder.Build(recipe, origins, time);
        using (experiment.Microscope)
        {
            if (!request.IsRun)
            {
                _ = experiment.RequireTruth();
            }

            var options = new VectorOptions
            {
                Model = ExperimentBuilder.LearnerOf(recipe, origins).Main,
                Components = request.Components,
                Seed = (ulong)recipe.Seed,
            };
            MeasuredFrames all = request.IsRun
                ? JournalFrames.Read(request.Source, recipe.Patch)
                : new FrameCollector(experiment, options, Say).Collect(
                    await experiment.Microscope.Survey.AcquireAsync(cancellationToken).ConfigureAwait(false),
                    request.Amount ?? MeasuredAmount.Default, request.Choice, cancellationToken);
            Reconstruct(experiment, options, all.Usable(), cancellationToken);
            return ExitCode.Done;
        }
    }

    private static string RecipeOf(string folder)
    {
        string path = RunFolder.RecipeIn(folder);
        return File.Exists(path)
            ? path
            : throw new UsageException(
                $"{folder} holds no run: it has no recipe.yaml. Give the folder of a run, or a recipe.");
    }

    private void Reconstruct(
        Experiment experiment, VectorOptions options, MeasuredFrames measured, CancellationToken cancellationToken)
    {
        if (measured.Frames.Count == 0)
        {
            throw new UsageException("No measured frame holds numbers only, so there is nothing to learn from.");
        }

        Say($"learning {measured.Channels} channels from {measured.Measured.Count} frames");
        long learningAt = time.GetTimestamp();
        Reconstruction reconstruction;
        try
        {
            VectorModel model = new VectorLearner(measured.Candidates, options)
                .Learn(measured.Measured, measured.Values, cancellationToken);
            reconstruction = Reconstruction.Of(experiment, measured, model);
        }
        catch (TrainingFailedException exception)
        {
            throw new UsageException(exception.Message);
        }

        TimeSpan learning = time.GetElapsedTime(learningAt);
        ReconstructionScore? score = ScoreOf(experiment, options, reconstruction, cancellationToken);
        string folder = Path.GetFullPath(request.Out
            ?? Path.Combine("runs", $"{time.GetLocalNow():yyyyMMdd-HHmmss}-reconstruct-{experiment.Recipe.Name}"));
        Say($"writing {folder}");
        Directory.CreateDirectory(folder);
        ReconstructionArchive.Write(Path.Combine(folder, "reconstruction.npz"), reconstruction, request.ComponentsOnly);
        WriteFigures(Path.Combine(folder, "figures"), experiment, reconstruction, score);
        var summary = ReconstructionSummary.Of(
            experiment, reconstruction, score, folder, learning, time.GetElapsedTime(_startedAt));
        File.WriteAllText(Path.Combine(folder, "summary.json"), summary.ToJson(indented: true));
        Report(summary);
    }

    private static ReconstructionScore? ScoreOf(
        Experiment experiment,
        VectorOptions options,
        Reconstruction reconstruction,
        CancellationToken cancellationToken)
    {
        if (experiment.Microscope.Truth is null)
        {
            return null;
        }

        MeasuredFrames measured = reconstruction.Measured;
        FrameComponents components = reconstruction.Model.Components;
        List<(string, IFramePredictor)> baselines = [];
        foreach (string name in BaselineModels)
        {
            Say($"baseline {name} on the same frames");
            var learner = new VectorLearner(
                measured.Candidates, options with { Model = Strategies.Named(name).Learner.Main });
            baselines.Add((name, learner.Learn(measured.Measured, components, cancellationToken)));
        }

        baselines.Add(("nearest frame", new NearestFrame(measured.Candidates, measured.Measured, measured.Values)));
        baselines.Add(("mean frame", new MeanFrame(components)));
        Say("comparing with the known frames");
        return ReconstructionScore.Of(experiment, reconstruction, baselines, cancellationToken);
    }

    private static void WriteFigures(
        string folder, Experiment experiment, Reconstruction reconstruction, ReconstructionScore? score)
    {
        Directory.CreateDirectory(folder);
        var maps = new MapFigures(experiment, reconstruction, score);
        Save("overview.png", maps.Overview);
        if (maps.Components is { } components)
        {
            Save("components.png", components);
        }

        if (score is not null && reconstruction.Measured.Frames[0] is SpectrumFrame sample)
        {
            File.WriteAllText(
                Path.Combine(folder, "spectra.svg"),
                SpectrumFigures.Examples(experiment, reconstruction, score, sample));
            File.WriteAllText(
                Path.Combine(folder, "channels.svg"), SpectrumFigures.Channels(reconstruction, score, sample));
        }

        void Save(string name, MapPanel panel) =>
            File.WriteAllBytes(Path.Combine(folder, name), panel.Render().ToPng(panel.Title));
    }

    private void Report(ReconstructionSummary summary)
    {
        TextWriter words = request.Json ? Console.Error : Console.Out;
        words.WriteLine(
            $"{summary.Measured} of {summary.Candidates} frames of {summary.Channels} channels measured "
            + $"({summary.Points}), {summary.Components} components, learned in "
            + FormattableString.Invariant($"{summary.LearningSeconds:F1} s."));
        if (summary.Truth is not null)
        {
            words.WriteLine(summary.Truth == "recorded"
                ? "The known frames are recorded ones: their own noise is about "
                    + FormattableString.Invariant($"{summary.NoiseFloor:P1}")
                    + " of their norm, and the intervals include it."
                : "The known frames are free of noise.");
            words.WriteLine();
            words.WriteLine(summary.Table());
        }

        if (summary.ScalarSpearman is { } rank)
        {
            words.WriteLine(FormattableString.Invariant(
                $"Map of {summary.Scalarizer}: rank correlation {rank:F3}, R² {summary.ScalarR2:F3}."));
        }

        if (summary.Note is not null)
        {
            words.WriteLine(summary.Note);
        }

        words.WriteLine($"{summary.Folder}: reconstruction.npz, summary.json, figures/");
        if (request.Json)
        {
            Console.WriteLine(summary.ToJson(indented: false));
        }
    }

    // Progress is for people; standard output keeps to the result.
    private static void Say(string line) => Console.Error.WriteLine($"dkl: {line}");
}
