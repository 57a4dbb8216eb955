using DklActors.Actors.Experiments;
using DklActors.Host.Composition;
using DklActors.Host.Figures.Colours;
using DklActors.Host.Figures.Maps;
using DklActors.Host.Running;
using DklActors.Learning.Acquisition;
using DklActors.Learning.Candidates;
using DklActors.Learning.Posteriors;
using DklActors.Messages;
using DklActors.Messages.Events;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;

namespace DklActors.Host.Reporting;

/// <summary>Draws a run: one PNG a map, all of them together, and the learning curve as SVG.</summary>
internal static class FigureWriter
{
    /// <summary>Writes what can be drawn; a run that ended early has fewer figures.</summary>
    /// <returns>Paths of the files, the overview first.</returns>
    public static IReadOnlyList<string> Write(string folder, RunDesign design, RunRecord record)
    {
        if (record.Candidates is not { } candidates)
        {
            return [];
        }

        Directory.CreateDirectory(folder);
        List<(string Name, MapFigure Map)> maps = [.. MapsOf(design, record, candidates)];
        List<string> paths = [];
        var overview = new MapPanel
        {
            Title = $"{design.Recipe.Title}: {record.State.Measured} measurements",
            Maps = [.. maps.Select(map => map.Map)],
        };
        Save("overview.png", overview.Render().ToPng(overview.Title));
        foreach ((string name, MapFigure map) in maps)
        {
            Save($"{name}.png", map.Render().ToPng(map.Title));
        }

        if (LearningCurveReport.Of(design, record) is { } curve)
        {
            string path = Path.Combine(folder, "learning-curve.svg");
            File.WriteAllText(path, curve.Render());
            paths.Add(path);
        }

        if (DriftFigure.Of(design.Recipe.Title, record.Events, design.Recipe.Drift.LeastQuality) is { } drift)
        {
            string path = Path.Combine(folder, "drift.svg");
            File.WriteAllText(path, drift);
            paths.Add(path);
        }

        return paths;

        void Save(string name, byte[] png)
        {
            string path = Path.Combine(folder, name);
            File.WriteAllBytes(path, png);
            paths.Add(path);
        }
    }

    private static IEnumerable<(string Name, MapFigure Map)> MapsOf(
        RunDesign design, RunRecord record, CandidateSet candidates)
    {
        StructuralImage image = candidates.Image;
        IReadOnlyList<VisitedPoint> visited = VisitedIn(record.State);
        string quantity = QuantityOf(design);
        yield return ("structure", new MapFigure
        {
            Title = "Structural image and measured points",
            Shape = image.Shape,
            Values = Array.ConvertAll(image.Values.ToArray(), value => (double)value),
            PixelSize = image.PixelSize,
            Quantity = image.Channel,
            Colours = ColourMap.Grey,
            Visited = visited,
            Colouring = VisitColouring.Order,
        });
        if (record.Posterior is not { } posterior)
        {
            yield break;
        }

        double[]? truth = record.Scorer?.Truth.Values;
        // Prediction and truth share one scale, or comparing them by eye would mislead.
        ValueRange? shared = truth is null ? null : ValueRange.Of(truth).Union(ValueRange.Of(posterior.Mean));
        yield return ("prediction", MapOf("Prediction", posterior.Mean, quantity, ColourMap.Viridis) with
        {
            Range = shared,
        });
        yield return ("uncertainty", MapOf(
            "Uncertainty (1σ)", posterior.LatentDeviations(), quantity, ColourMap.Cividis) with
        {
            Visited = visited,
        });
        yield return ("acquisition", MapOf(
            "Acquisition",
            ScoresOf(design, record, candidates, posterior),
            AcquisitionOf(design),
            ColourMap.Cividis));
        if (truth is null)
        {
            yield break;
        }

        double[] error = [.. posterior.Mean.ToArray().Zip(truth, (predicted, known) => predicted - known)];
        yield return ("truth", MapOf("Truth", truth, quantity, ColourMap.Viridis) with { Range = shared });
        yield return ("error", MapOf("Error (prediction − truth)", error, quantity, ColourMap.Diverging) with
        {
            Range = ValueRange.SymmetricOf(error),
        });

        MapFigure MapOf(string title, ReadOnlySpan<double> values, string of, ColourMap colours)
        {
            return new MapFigure
            {
                Title = title,
                Shape = image.Shape,
                Values = CandidateMap.Paint(candidates, values, design.Settings.SiteExtent),
                PixelSize = image.PixelSize,
                Quantity = of,
                Colours = colours,
            };
        }
    }

    private static VisitedPoint[] VisitedIn(ExperimentState state) =>
    [
        .. state.Points.Values.Where(point => point.Frame is not null).Select(point => new VisitedPoint(
            point.Frame!.Patch, point.Basis.Reason == PlanningReason.Seed, point.Scalar?.Value)),
    ];

    /// <summary>What the acquisition function would say now, had the run gone on.</summary>
    private static double[] ScoresOf(
        RunDesign design, RunRecord record, CandidateSet candidates, Posterior posterior)
    {
        ExperimentSettings settings = design.SettingsFor(record.State.Started!.RunId);
        double[] scores = new double[posterior.Mean.Length];
        ulong seed = Actors.Planning.RunSeeds.Decision(settings.Seed, new PointId(record.State.Points.Count + 1).Value);
        var input = new AcquisitionInput(posterior, record.Best!.Scalar!.Value, settings.Plan.Goal, seed)
        {
            Trail = new ProbeTrail(candidates, [.. record.State.Points.Values.Select(point => point.Target)]),
        };
        settings.Plan.Acquisition.Score(input, scores);
        return scores;
    }

    private static string AcquisitionOf(RunDesign design) =>
        design.Settings.Plan.Acquisition.Identity;

    /// <summary>The scalarizer with its unit, for colour bars and axes.</summary>
    public static string QuantityOf(RunDesign design)
    {
        string name = design.Recipe.Scalarizer.Label;
        bool isNamed = design.Recipe.Scalarizer.Quantity is not null;
        return isNamed || design.Scalarizer.Unit.Length == 0 ? name : $"{name} ({design.Scalarizer.Unit})";
    }
}
