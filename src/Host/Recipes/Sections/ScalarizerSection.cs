using DklActors.Messages.Frames;

namespace DklActors.Host.Recipes.Sections;

/// <summary>How a spectrum becomes the number that is searched for.</summary>
/// <param name="Kind">The physics.</param>
/// <param name="Window">Energy window of the signal.</param>
/// <param name="Reference">Window of the denominator; only for <see cref="ScalarizerKind.WindowRatio"/>.</param>
public sealed record ScalarizerSection(ScalarizerKind Kind, EnergyWindow Window, EnergyWindow? Reference);
