using DklActors.Messages.Frames;

namespace DklActors.Host.Recipes.Sections;

/// <summary>How a spectrum becomes the number that is searched for.</summary>
/// <param name="Kind">The physics.</param>
/// <param name="Window">Energy window of the signal; null for <see cref="ScalarizerKind.Value"/>.</param>
/// <param name="Reference">Window of the denominator; only for <see cref="ScalarizerKind.WindowRatio"/>.</param>
/// <param name="Quantity">What people call the number, with its unit; null for what the kind says.</param>
public sealed record ScalarizerSection(
    ScalarizerKind Kind, EnergyWindow? Window, EnergyWindow? Reference, string? Quantity = null);
