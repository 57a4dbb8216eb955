using DklActors.Messages.Geometry;

namespace DklActors.Instruments.Ports;

/// <summary>Where an instrument can measure.</summary>
/// <param name="Sites">The pixels; null for every pixel.</param>
/// <param name="SiteExtent">Pixels of the image that one measurement stands for.</param>
/// <param name="SeedPoints">Points to begin with that came with the sample.</param>
public sealed record InstrumentPlaces(
    IReadOnlyList<GridPoint>? Sites, GridShape SiteExtent, IReadOnlyList<GridPoint> SeedPoints)
{
    /// <summary>Every pixel by itself.</summary>
    public static InstrumentPlaces Everywhere { get; } = new(null, new GridShape(1, 1), []);
}
