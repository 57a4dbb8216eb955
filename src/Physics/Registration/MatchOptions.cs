using DklActors.Messages.Geometry;

namespace DklActors.Physics.Registration;

/// <summary>Where a shift is searched for.</summary>
/// <param name="Guess">What is expected.</param>
/// <param name="RadiusPixels">
/// Farthest from the guess. In a periodic image a shift by a lattice vector looks the same: less than half of the
/// shortest one keeps the search from taking one lattice point for another.
/// </param>
public readonly record struct MatchOptions(PixelShift Guess, double RadiusPixels);
