using DklActors.Host.Figures.Colours;
using DklActors.Host.Figures.Curves;
using DklActors.Host.Figures.Maps;
using DklActors.Host.Reconstructing;
using DklActors.Host.Reporting;
using DklActors.Learning.Candidates;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Host.Confirming;

/// <summary>Components and abundance maps, beside what the run found.</summary>
internal sealed class ConfirmationFigures(Confirmation confirmation, CandidateSet candidates, string quantity)
{
    private const int MostPoints = 700;
    private const double TallPeak = 50;

    /// <returns>The files written.</returns>
    public IReadOnlyList<string> Write(string folder)
    {
        Directory.CreateDirectory(folder);
        string maps = Path.Combine(folder, "confirm-maps.png");
        MapPanel panel = Maps();
        File.WriteAllBytes(maps, panel.Render().ToPng(panel.Title));
        string components = Path.Combine(
            folder, confirmation.Frames.Sample is SpectrumFrame ? "confirm-components.svg" : "confirm-components.png");
        if (confirmation.Frames.Sample is SpectrumFrame spectrum)
        {
            File.WriteAllText(components, Spectra(spectrum));
        }
        else
        {
            MapPanel patterns = Patterns();
            File.WriteAllBytes(components, patterns.Render().ToPng(patterns.Title));
        }

        return [maps, components];
    }

    private MapPanel Maps() => new()
    {
        Title = $"Decomposition of {confirmation.Frames.Source} beside what the run found",
        Maps =
        [
            MapOf(confirmation.FoundIs, confirmation.Found, quantity, ColourMap.Viridis),
            .. confirmation.Agreements.Select(agreement => MapOf(
                FormattableString.Invariant($"Component {agreement.Component}: r = {agreement.Pearson:F3}"),
                [
                    .. Enumerable.Range(0, confirmation.Found.Length)
                        .Select(i => confirmation.Factors.Abundance(i, agreement.Component - 1)),
                ],
                "counts",
                ColourMap.Cividis)),
        ],
    };

    private MapFigure MapOf(string title, double[] values, string unit, ColourMap colours)
    {
        StructuralImage image = candidates.Image;
        return new MapFigure
        {
            Title = title,
            Shape = image.Shape,
            Values = CandidateMap.Paint(
                image.Shape, i => confirmation.Frames.Places[i], values, new GridShape(1, 1)),
            PixelSize = image.PixelSize,
            Quantity = unit,
            Colours = colours,
        };
    }

    private string Spectra(SpectrumFrame sample)
    {
        int factor = confirmation.Frames.Factor, channels = confirmation.Frames.Shape.Columns;
        var reduced = new EnergyAxis(
            new ElectronVolt(sample.Axis.Origin.Value + (0.5 * (factor - 1) * sample.Axis.Dispersion.Value)),
            new ElectronVolt(sample.Axis.Dispersion.Value * factor),
            channels);
        double[] mean = new double[channels];
        for (int i = 0; i < confirmation.Frames.Values.Length; i++)
        {
            mean[i % channels] += confirmation.Frames.Values[i];
        }

        var axis = new ChannelAxis(reduced, mean);
        // A zero-loss peak would hide all else on a linear axis.
        double[] sorted = [.. mean.Order()];
        bool isTall = sorted[^1] > TallPeak * sorted[sorted.Length / 2] && sorted[sorted.Length / 2] > 0;
        IEnumerable<CurvePanel> panels = confirmation.Agreements.Select(agreement => new LinePanel(
            FormattableString.Invariant(
                $"Component {agreement.Component}: {agreement.Share:P1} of the counts, r = {agreement.Pearson:F3}"),
            "share of counts",
            [
                new LineCurve(
                    "", BandCurve.ColourOf(agreement.Component - 1),
                    axis.Points(confirmation.Factors.Component(agreement.Component - 1).ToArray(), MostPoints), []),
            ])
        {
            HasManyDecades = isTall,
        });
        return new PanelStack(
            $"Components of {confirmation.Frames.Source}", [.. panels], axis.Range, axis.Label).Paint();
    }

    private MapPanel Patterns() => new()
    {
        Title = $"Components of {confirmation.Frames.Source}",
        Maps =
        [
            .. confirmation.Agreements.Select(agreement => new MapFigure
            {
                Title = FormattableString.Invariant($"Component {agreement.Component}: r = {agreement.Pearson:F3}"),
                Shape = confirmation.Frames.Shape,
                Values = Array.ConvertAll(
                    confirmation.Factors.Component(agreement.Component - 1).ToArray(), Math.Sqrt),
                PixelSize = new Nanometre(double.NaN),
                Quantity = "√share of counts",
                Colours = ColourMap.Cividis,
            }),
        ],
    };
}
