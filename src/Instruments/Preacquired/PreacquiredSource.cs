using DklActors.Instruments.Files;
using DklActors.Messages.Units;

namespace DklActors.Instruments.Preacquired;

/// <summary>Where recorded data lie and what they mean.</summary>
/// <param name="Path">
/// An <c>.npz</c> archive, a folder of <c>.npy</c> files, or any other file that <see cref="ArrayContainer"/> opens.
/// </param>
/// <param name="ImageArray">Structural image, rows × columns.</param>
/// <param name="FramesArray">
/// Spectra, rows × columns × channels, patterns, rows × columns × ky × kx, or values, rows × columns: at every pixel
/// of the image, or one for each of equal blocks of it. Where positions are listed, rows × columns may be one
/// dimension.
/// </param>
/// <param name="PixelSize">Edge of a pixel of the structural image.</param>
public sealed record PreacquiredSource(string Path, string ImageArray, string FramesArray, PixelSizeSource PixelSize)
{
    /// <summary>The place of the structural image and its pixel size, where it is not <see cref="Path"/>.</summary>
    public string? ImagePath { get; init; }

    /// <summary>Row and column of each frame in pixels of the image, N × 2; null for every pixel or block.</summary>
    public string? PositionsArray { get; init; }

    /// <summary>The frames without noise, for scoring alone; null where they are not known.</summary>
    public string? TruthArray { get; init; }

    /// <summary>Points to begin with, by number, or by row and column, K × 2; null for none.</summary>
    public string? SeedsArray { get; init; }

    /// <summary>Where the energy axis comes from; null for patterns and values.</summary>
    public EnergyAxisSource? Energy { get; init; }

    /// <summary>Electrons (or photons) per unit of the stored frames: 1 for counting detectors.</summary>
    public double CountsPerUnit { get; init; } = 1;
}
