using DklActors.Host.Figures.Colours;
using DklActors.Host.Figures.Raster;

namespace DklActors.Host.Figures.Maps;

internal static class MapPainter
{
    public static RgbImage Paint(MapPanel panel) => new(panel.LeastEdge, panel.LeastEdge, Rgb.White);
}
