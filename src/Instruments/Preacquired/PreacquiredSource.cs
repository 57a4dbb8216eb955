using DklActors.Messages.Units;

namespace DklActors.Instruments.Preacquired;

/// <summary>Where recorded data lie and what they mean.</summary>
/// <param name="Path">An <c>.npz</c> archive, or a folder of <c>.npy</c> files.</param>
/// <param name="ImageArray">Structural image, rows × columns.</param>
/// <param name="FramesArray">Spectra, rows × columns × channels, or patterns, rows × columns × ky × kx.</param>
/// <param name="PixelSize">Edge of a pixel of the structural image.</param>
public sealed record PreacquiredSource(string Path, string ImageArray, string FramesArray, PixelSizeSource PixelSize)
{
    /// <summary>Where the energy axis comes from; null for patterns.</summary>
    public EnergyAxisSource? Energy { get; init; }

    /// <summary>Name of the image's detector.</summary>
    public string ImageChannel { get; init; } = "HAADF";

    /// <summary>Electrons (or photons) per unit of the stored frames: 1 for counting detectors.</summary>
    public double CountsPerUnit { get; init; } = 1;
}
