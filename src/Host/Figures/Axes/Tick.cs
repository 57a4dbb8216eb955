namespace DklActors.Host.Figures.Axes;

/// <summary>A mark on an axis.</summary>
public readonly record struct Tick(double Value, string Label);
