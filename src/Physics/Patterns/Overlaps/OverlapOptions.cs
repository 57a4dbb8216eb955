namespace DklActors.Physics.Patterns.Overlaps;

/// <summary>What overlapping discs look like.</summary>
/// <param name="RadiusPixels">Their radius, to a fifth of a px or so: it is fitted too.</param>
/// <param name="EdgePixels">Width w of their edge, 1 / (1 + exp(4(r − R)/w)).</param>
public sealed record OverlapOptions(double RadiusPixels, double EdgePixels = 2);
