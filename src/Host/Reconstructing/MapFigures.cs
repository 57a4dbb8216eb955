using DklActors.Host.Composition;
using DklActors.Host.Figures.Colours;
using DklActors.Host.Figures.Maps;
using DklActors.Host.Reporting;
using DklActors.Learning.Candidates;
using DklActors.Learning.Vectors;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;

namespace DklActors.Host.Reconstructing;

/// <summary>A reconstruction as maps.</summary>
internal sealed class MapFigures(Experiment experiment, Reconstruction reconstruction, ReconstructionScore? score)
{
    private const int MostComponents = 4;

    private readonly CandidateSet _candidates = reconstruction.Measured.Candidates;

    /// <summary>Structure, scalar, uncertainty, and error where the truth is known.</summary>
    public MapPanel Overview => new()
    {
        Title = $"{experiment.Recipe.Title}: {reconstruction.Measured.Measured.Count} of "
            + $"{_candidates.Count} frames measured",
        Maps = [.. OverviewMaps()],
    };

    /// <summary>The first components, prediction beside truth; null where there is none.</summary>
    public MapPanel? Components => reconstruction.Model.Components.Count == 0 ? null : new MapPanel
    {
        Title = $"The first of {reconstruction.Model.Components.Count} components, in units of counting noise",
        Maps = [.. Enumerable.Range(0, Math.Min(MostComponents, reconstruction.Model.Components.Count))
            .SelectMany(ComponentMaps)],
        Columns = score is null ? 2 : 3,
    };

    private IEnumerable<MapFigure> OverviewMaps()
    {
        StructuralImage image = _candidates.Image;
        VisitedPoint[] visited =
            [.. reconstruction.Measured.Measured.Select(i => new VisitedPoint(_candidates.PointAt(i), false))];
        string quantity = FigureWriter.QuantityOf(experiment.Design);
        double[] predicted = reconstruction.Scalars;
        ValueRange range = ValueRange.Of(predicted).Union(ValueRange.Of(score?.TruthScalars ?? predicted));
        yield return new MapFigure
        {
            Title = "Structural image and measured points",
            Shape = image.Shape,
            Values = Array.ConvertAll(image.Values.ToArray(), static value => (double)value),
            PixelSize = image.PixelSize,
            Quantity = image.Channel,
            Colours = ColourMap.Grey,
            Visited = visited,
        };
        yield return MapOf("Scalar of the predicted frames", predicted, quantity, ColourMap.Viridis) with
        {
            Range = range,
        };
        yield return MapOf("Uncertainty of the frame", TotalDeviations(), "noise units (1σ)", ColourMap.Cividis);
        if (score is null)
        {
            yield break;
        }

        string truth = score.Noise == TruthNoise.None ? "true" : "recorded";
        yield return MapOf($"Scalar of the {truth} frames", score.TruthScalars, quantity, ColourMap.Viridis) with
        {
            Range = range,
        };
        yield return MapOf(
            $"Error against the {truth} frame", score.RelativeErrors, "relative error", ColourMap.Viridis) with
        {
            // Against noise, a few nearly empty frames would take up the whole scale.
            Range = new ValueRange(0, score.Methods[0].Errors.Quantile(0.99)),
        };
    }

    private IEnumerable<MapFigure> ComponentMaps(int component)
    {
        VectorModel model = reconstruction.Model;
        double[] predicted = ForEach(i => model.ScoresAt(i)[component]);
        double[] deviation = ForEach(i => Math.Sqrt(model.ScoreVariancesAt(i)[component]));
        string share = FormattableString.Invariant($"{model.Components.ShareOf(component):P1}");
        ValueRange range = ValueRange.Of(predicted);
        if (score is not null)
        {
            double[] truth = ForEach(i => score.TruthScores[(i * model.Components.Count) + component]);
            range = range.Union(ValueRange.Of(truth));
            yield return MapOf(
                $"Component {component + 1} ({share}), {(score.Noise == TruthNoise.None ? "truth" : "recorded")}",
                truth, "score", ColourMap.Viridis) with
            {
                Range = range,
            };
        }

        yield return MapOf($"Component {component + 1}, prediction", predicted, "score", ColourMap.Viridis) with
        {
            Range = range,
        };
        yield return MapOf($"Component {component + 1}, uncertainty", deviation, "score (1σ)", ColourMap.Cividis);
    }

    private double[] TotalDeviations() => ForEach(i =>
    {
        double sum = 0;
        foreach (double variance in reconstruction.Model.ScoreVariancesAt(i))
        {
            sum += variance;
        }

        return Math.Sqrt(sum);
    });

    private double[] ForEach(Func<int, double> of) => [.. Enumerable.Range(0, _candidates.Count).Select(of)];

    private MapFigure MapOf(string title, double[] values, string quantity, ColourMap colours)
    {
        StructuralImage image = _candidates.Image;
        return new MapFigure
        {
            Title = title,
            Shape = image.Shape,
            Values = CandidateMap.Paint(_candidates, values, new GridShape(1, 1)),
            PixelSize = image.PixelSize,
            Quantity = quantity,
            Colours = colours,
        };
    }
}
