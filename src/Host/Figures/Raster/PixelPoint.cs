namespace DklActors.Host.Figures.Raster;

/// <summary>A place on an image in pixels from its upper left corner.</summary>
public readonly record struct PixelPoint(double X, double Y);
