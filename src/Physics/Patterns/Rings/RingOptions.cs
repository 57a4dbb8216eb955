using DklActors.Physics.Patterns.Masks;

namespace DklActors.Physics.Patterns.Rings;

/// <summary>Where an amorphous ring is looked for.</summary>
/// <param name="Centre">Centre of the rings.</param>
/// <param name="InnerPixels">Radius from which the profile is fitted.</param>
/// <param name="OuterPixels">Radius up to which it is.</param>
/// <param name="FollowRadiusPixels">
/// Where given, the centre is first moved to the centre of mass within so many px of it: a descanned beam wanders.
/// </param>
public sealed record RingOptions(
    PatternPoint Centre, double InnerPixels, double OuterPixels, double? FollowRadiusPixels = null);
