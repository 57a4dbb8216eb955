using DklActors.Host.Figures.Axes;
using DklActors.Host.Figures.Colours;
using DklActors.Host.Figures.Lettering;
using DklActors.Host.Figures.Raster;
using DklActors.Messages.Units;

namespace DklActors.Host.Figures.Maps;

/// <summary>Paints one map at its place: title, pixels, colour bar, scale bar, visited points and legend.</summary>
internal sealed class MapCell
{
    private readonly RgbImage _image;
    private readonly MapFigure _figure;
    private readonly MapLayout _layout;
    private readonly int _left;
    private readonly int _titleBaseline;
    private readonly int _top;

    /// <param name="image">The canvas.</param>
    /// <param name="figure">The map.</param>
    /// <param name="layout">Its sizes.</param>
    /// <param name="left">Left edge in pixels.</param>
    /// <param name="top">Upper edge of the title in pixels.</param>
    public MapCell(RgbImage image, MapFigure figure, MapLayout layout, int left, int top)
    {
        _image = image;
        _figure = figure;
        _layout = layout;
        _left = left;
        _titleBaseline = top + Palette.Title.CapitalHeight + 2;
        _top = top + MapLayout.TitleHeight;
    }

    private int Bottom => _top + _layout.MapHeight;

    public void Paint()
    {
        TextPainter.Draw(
            _image, TextPainter.Fit(_figure.Title, Palette.Title, _layout.Width), _left, _titleBaseline, Palette.Title);
        PaintPixels();
        var visits = new VisitPainter(_image, _figure, _layout, _left, _top);
        visits.Paint();
        _image.StrokeRectangle(_left - 1, _top - 1, _layout.MapWidth + 2, _layout.MapHeight + 2, Palette.Ink);
        PaintColourBar();
        PaintScaleBar();
        visits.PaintLegend(Bottom + 10 + MapLayout.FooterRow);
    }

    private void PaintPixels()
    {
        ReadOnlySpan<double> values = ReducedMap.Means(_figure.Values, _figure.Shape, _layout.Divisor).Span;
        for (int i = 0; i < values.Length; i++)
        {
            int x = _left + (i % _layout.Cells.Columns * _layout.Factor);
            int y = _top + (i / _layout.Cells.Columns * _layout.Factor);
            Rgb colour = _figure.Colours[_layout.Range.FractionOf(values[i])];
            _image.FillRectangle(x, y, _layout.Factor, _layout.Factor, colour);
        }
    }

    private void PaintColourBar()
    {
        int x = _left + _layout.MapWidth + MapLayout.BarGap;
        for (int row = 0; row < _layout.MapHeight; row++)
        {
            double fraction = 1 - ((row + 0.5) / _layout.MapHeight);
            _image.FillRectangle(x, _top + row, MapLayout.BarWidth, 1, _figure.Colours[fraction]);
        }

        _image.StrokeRectangle(x - 1, _top - 1, MapLayout.BarWidth + 2, _layout.MapHeight + 2, Palette.Ink);
        int capital = Palette.Label.CapitalHeight;
        foreach (Tick tick in _layout.Ticks)
        {
            double fraction = _layout.Range.FractionOf(tick.Value);
            int y = _top + (int)Math.Round((1 - fraction) * (_layout.MapHeight - 1));
            _image.FillRectangle(x + MapLayout.BarWidth + 1, y, MapLayout.TickLength, 1, Palette.Ink);

            // Labels at the very ends stay beside the bar, so that they do not reach into title or footer.
            int baseline = Math.Clamp(y + ((capital + 1) / 2), _top + capital - 3, Bottom + 3);
            int right = x + MapLayout.LabelOffset + _layout.LabelWidth;
            TextPainter.Draw(_image, tick.Label, right, baseline, Palette.Label, TextAnchor.End);
        }

        if (_figure.Quantity.Length > 0)
        {
            TextPainter.DrawUpwards(
                _image, TextPainter.Fit(_figure.Quantity, Palette.Label, _layout.MapHeight),
                _left + _layout.ContentWidth - 1, _top + (_layout.MapHeight / 2), Palette.Label, TextAnchor.Middle);
        }
    }

    // Below the map, where it hides no data.
    private void PaintScaleBar()
    {
        double pixel = _figure.PixelSize.Value;
        if (double.IsNaN(pixel))
        {
            return;
        }

        var bar = ScaleBar.For(new Nanometre(pixel * _figure.Shape.Columns));
        int length = (int)Math.Round(bar.Length.Value / pixel * _layout.Scale);
        int y = Bottom + 16;
        _image.FillRectangle(_left, y, length, 4, Palette.Ink);
        TextPainter.Draw(
            _image, bar.Label, _left + length + 9, y + 2 + (Palette.Label.CapitalHeight / 2), Palette.Label);
    }
}
