using DklActors.Messages.Geometry;

namespace DklActors.Physics.Registration;

/// <summary>How one image lies upon another.</summary>
/// <param name="Shift">How far what is in the reference has moved in the other image, px.</param>
/// <param name="Quality">
/// Normalised correlation of the two, the shift undone, over the frequencies that stand out of the noise: 1 for images
/// that hold the same, about 0 for images that have nothing in common; 0 where nothing stands out.
/// </param>
/// <param name="Correlation">The same over all frequencies, noise included.</param>
/// <param name="Rival">
/// How high the best match elsewhere within the search is, as a share of this one: near 1 in a periodic image.
/// </param>
/// <param name="RivalShift">Where it is.</param>
/// <param name="Chance">
/// Probability that images of two scenes that have nothing in common, as smooth and as sparse as these, match so well
/// anywhere within the search: <see cref="ChanceMatch"/>.
/// </param>
public readonly record struct ImageMatch(
    PixelShift Shift, double Quality, double Correlation, double Rival, PixelShift RivalShift, double Chance);
