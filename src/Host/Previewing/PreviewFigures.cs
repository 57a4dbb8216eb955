using DklActors.Host.Figures.Colours;
using DklActors.Host.Figures.Curves;
using DklActors.Host.Figures.Maps;
using DklActors.Host.Reconstructing;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;
using DklActors.Physics.Scalarizers;

namespace DklActors.Host.Previewing;

/// <summary>A preview as figures: the map, the histogram, and what the scalarizer looks at on the mean frame.</summary>
internal sealed class PreviewFigures(FrameGrid grid, ScalarizerSpec spec, IScalarizer scalarizer, Preview preview)
{
    private const int Bins = 60;
    private const int MostPoints = 900;

    private readonly ScalarizerKind _kind = ScalarizerCatalog.Find(spec.Kind)!;

    private string Quantity => scalarizer.Unit.Length > 0
        ? $"{_kind.Label(spec)} ({scalarizer.Unit})"
        : _kind.Label(spec);

    /// <summary>Writes the figures that there are.</summary>
    /// <returns>Their files.</returns>
    public IReadOnlyList<string> Write(string folder)
    {
        Directory.CreateDirectory(folder);
        List<string> files = [];
        double[] finite = [.. preview.Values.Where(double.IsFinite)];
        if (grid.Shape.Count > 1 && finite.Length > 0)
        {
            Save("map.png", Map(finite));
        }

        if (finite.Distinct().Take(2).Count() == 2)
        {
            SaveText("histogram.svg", Histogram(finite));
        }

        if (grid.EnergyAxis is not null)
        {
            SaveText("windows.svg", Windows());
        }
        else
        {
            Save("pattern.png", Pattern());
        }

        return files;

        void Save(string name, MapFigure figure)
        {
            string path = Path.Combine(folder, name);
            File.WriteAllBytes(path, figure.Render().ToPng(figure.Title));
            files.Add(path);
        }

        void SaveText(string name, string text)
        {
            string path = Path.Combine(folder, name);
            File.WriteAllText(path, text);
            files.Add(path);
        }
    }

    private MapFigure Map(double[] finite) => new()
    {
        Title = _kind.Label(spec),
        Shape = grid.Shape,
        Values = preview.Values,
        PixelSize = grid.PixelSize ?? new Nanometre(double.NaN),
        Quantity = Quantity,
        // A few strange values would take up the whole scale.
        Range = new ValueRange(Quantile(finite, 0.005), Quantile(finite, 0.995)),
    };

    private string Histogram(double[] finite)
    {
        double low = Quantile(finite, 0.001), high = Quantile(finite, 0.999);
        double width = (high - low) / Bins;
        if (!(width > 0))
        {
            (low, high) = (finite.Min(), finite.Max());
            width = (high - low) / Bins;
        }

        double[] counts = new double[Bins];
        foreach (double value in finite)
        {
            counts[(int)Math.Clamp((value - low) / width, 0, Bins - 1)]++;
        }

        IEnumerable<(double, double)> steps = counts.SelectMany((count, i) =>
            new[] { (low + (i * width), count), (low + ((i + 1) * width), count) });
        LinePanel panel = new(
            $"{finite.Length} of {preview.Values.Length} frames give a value", "frames",
            [new LineCurve("", BandCurve.ColourOf(2), [(low, 0), .. steps, (high, 0)], [])]);
        return new PanelStack(_kind.Label(spec), [panel], new ValueRange(low, high), Quantity)
        {
            HasWholeSteps = false,
        }.Paint();
    }

    private string Windows()
    {
        var axis = new ChannelAxis(grid.EnergyAxis!, preview.Mean);
        (string Name, double From, double To)[] spans =
        [
            .. _kind.WindowsOf(spec).Select(window => (
                window.Name, axis.FromElectronVolts(window.Window.Low.Value),
                axis.FromElectronVolts(window.Window.High.Value))),
        ];
        // What the windows show, with as much again beside it, rather than all that the detector saw.
        ValueRange range = spans.Length == 0 ? axis.Range : Around(spans, axis.Range);
        (double X, double Y)[] points = [.. axis.AllPoints(preview.Mean, range, MostPoints)];
        LinePanel panel = new(
            grid.Shape.Count > 1 ? $"Mean of {grid.Shape.Count} spectra" : "Spectrum", "counts",
            [new LineCurve("", CurveStyle.Ink, points, [])])
        {
            Spans = spans,
        };
        string label = grid.IsCalibrated ? axis.Label : "channel";
        return new PanelStack($"{_kind.Label(spec)}: what is looked at", [panel], range, label)
        {
            HasWholeSteps = false,
        }.Paint();
    }

    private static ValueRange Around((string Name, double From, double To)[] spans, ValueRange all)
    {
        double low = spans.Min(static span => span.From), high = spans.Max(static span => span.To);
        double beside = high - low;
        return new ValueRange(Math.Max(all.Low, low - beside), Math.Min(all.High, high + beside));
    }

    private MapFigure Pattern()
    {
        GridShape shape = grid.PatternShape!.Value;
        double[] shown = Array.ConvertAll(preview.Mean, static counts => Math.Log10(1 + Math.Max(counts, 0)));
        foreach (DetectorRing ring in DetectorRing.Of(spec, shape))
        {
            ring.Draw(shown, shape);
        }

        return new MapFigure
        {
            Title = grid.Shape.Count > 1 ? $"Mean of {grid.Shape.Count} patterns" : "Pattern",
            Shape = shape,
            Values = shown,
            PixelSize = new Nanometre(double.NaN),
            Quantity = "log10(1 + counts)",
            Colours = ColourMap.Cividis,
        };
    }

    private static double Quantile(double[] values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted[(int)Math.Round(share * (sorted.Length - 1))];
    }
}
