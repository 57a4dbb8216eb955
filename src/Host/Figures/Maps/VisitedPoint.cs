using DklActors.Messages.Geometry;

namespace DklActors.Host.Figures.Maps;

/// <summary>A measured point, in the order of measurement.</summary>
/// <param name="Point">The pixel.</param>
/// <param name="IsSeed">Whether it was measured before the first model.</param>
/// <param name="Value">The scalar; null where none came of the measurement.</param>
public sealed record VisitedPoint(GridPoint Point, bool IsSeed, double? Value = null);
